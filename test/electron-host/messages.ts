// What the stand-in and the window server tell each other.
import { z } from 'zod';

const WindowId = z.number().int();

/** Stand-in → window server. */
export const OpenWindow = z.object({
  id: WindowId,
  url: z.string(),
  /** The source of the compiled preload. */
  preload: z.string(),
  width: z.number(),
  height: z.number(),
});
export const OneWindow = z.object({ id: WindowId });
export const SendToWindow = z.object({ id: WindowId, channel: z.string(), args: z.array(z.unknown()) });
export const ClipboardText = z.string();

/** Window server → stand-in. */
export const Invoke = z.object({
  id: WindowId,
  /** Null: the frame is gone. */
  frame: z.object({ url: z.string(), isMainFrame: z.boolean() }).nullable(),
  channel: z.string(),
  args: z.array(z.unknown()),
});
export const AppRequest = z.object({
  url: z.string(),
  method: z.string(),
  headers: z.record(z.string(), z.string()),
});
export const AppResponse = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.instanceof(Uint8Array),
});
export const Navigation = z.object({ id: WindowId, url: z.string(), isMainFrame: z.boolean() });
export const LoadWindow = z.object({ id: WindowId, url: z.string() });
export const AskedPermissions = z.object({
  /** `media` names what is wanted of a camera, microphone or screen. */
  asked: z.array(z.object({ permission: z.string(), media: z.array(z.string()) })),
  url: z.string(),
});
export const CaptureQuestion = z.object({
  url: z.string(),
  isMainFrame: z.boolean(),
  userGesture: z.boolean(),
  audioRequested: z.boolean(),
});
export type CaptureQuestion = z.infer<typeof CaptureQuestion>;
export const DialogAnswer = z.string().nullable();
