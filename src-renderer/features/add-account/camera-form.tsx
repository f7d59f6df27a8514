// Reading QR codes with the camera: live, code after code, until all codes of an export are there.
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Bridge } from '../../bridge/bridge.ts';
import { useBridge } from '../../bridge/queries.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { readFrames } from './camera-frames.ts';
import { cameraFault } from './media-faults.ts';
import { type BatchProgress, batchProgress } from './migration-batches.ts';
import type { ReadingQueue } from './reading-queue.ts';

/** A face-on camera shows a code large enough at this width; more would only cost time. */
const IDEAL_WIDTH = 1_280;

export interface CameraFormProps {
  readonly queue: ReadingQueue;
  /** All that the last code belongs to is read. */
  readonly onDone: () => void;
}

interface Camera {
  readonly deviceId: string;
  readonly label: string;
}

async function openCamera(bridge: Bridge, deviceId: string | null): Promise<MediaStream> {
  await bridge.call('app:useCamera', { isOpen: true });
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: {
      width: { ideal: IDEAL_WIDTH },
      ...(deviceId === null ? { facingMode: 'environment' } : { deviceId: { exact: deviceId } }),
    },
  });
}

const stop = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

async function listCameras(): Promise<Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }, index) => ({ deviceId, label: label === '' ? `Camera ${index + 1}` : label }));
}

/** The camera opens when asked to, not when its tab is passed by. */
export function CameraForm(props: CameraFormProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <LiveCamera {...props} />;
  return (
    <div className="way-in">
      <Icon name="camera" size={30} />
      <p className="way-in-words">
        <strong>Hold the QR code before the camera</strong>
        <span className="muted">
          For a code on a phone or on paper. The picture stays on this computer and is not recorded. Exports
          of Google Authenticator with several codes are read one after the other.
        </span>
      </p>
      <Button variant="primary" icon="camera" onPress={() => setOpen(true)}>
        Open camera
      </Button>
    </div>
  );
}

function LiveCamera({ queue, onDone }: CameraFormProps): ReactNode {
  const bridge = useBridge();
  const video = useRef<HTMLVideoElement>(null);
  const [isLive, setLive] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [cameras, setCameras] = useState<readonly Camera[]>([]);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const { progress, refusal, take } = useTexts(queue, onDone);
  const onText = useEffectEvent(take);

  useEffect(() => {
    let hasLeft = false;
    const isHere = (): boolean => !hasLeft;
    let end = (): void => undefined;
    const start = async (): Promise<void> => {
      const stream = await openCamera(bridge, deviceId);
      const shown = video.current;
      if (!isHere() || shown === null) {
        stop(stream);
        return;
      }
      shown.srcObject = stream;
      await shown.play();
      const endFrames = readFrames(shown, (text) => onText(text));
      end = () => {
        endFrames();
        stop(stream);
        shown.srcObject = null;
      };
      // Left while the video began to play.
      if (!isHere()) {
        end();
        return;
      }
      setLive(true);
      setCameras(await listCameras());
    };
    start().catch((error: unknown) => {
      if (isHere()) setFault(cameraFault(error));
    });
    return () => {
      hasLeft = true;
      end();
      bridge.call('app:useCamera', { isOpen: false }).catch(() => undefined);
    };
  }, [bridge, deviceId, attempt]);

  const again = (): void => {
    setFault(null);
    setLive(false);
    setAttempt(attempt + 1);
  };
  if (fault !== null) {
    return (
      <div className="stack">
        <ErrorNote error={fault} />
        <div className="cluster">
          <Button variant="primary" icon="refresh" onPress={again}>
            Try again
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <div className="camera" data-live={isLive ? '' : undefined}>
        <video ref={video} className="camera-video" muted playsInline aria-label="What the camera sees" />
        {isLive ? <div className="camera-aim" aria-hidden="true" /> : <Spinner label="Opening the camera" />}
      </div>
      <CameraWords progress={progress} refusal={refusal} />
      {cameras.length < 2 ? null : (
        <Select
          label="Camera"
          options={cameras.map((camera) => ({ value: camera.deviceId, label: camera.label }))}
          value={deviceId ?? cameras[0]?.deviceId ?? ''}
          onChange={(next) => {
            setLive(false);
            setDeviceId(next);
          }}
        />
      )}
    </div>
  );
}

interface CameraWordsProps {
  readonly progress: BatchProgress | null;
  readonly refusal: string | null;
}

function CameraWords({ progress, refusal }: CameraWordsProps): ReactNode {
  if (refusal !== null) {
    return (
      <p className="camera-refusal wrap-anywhere" role="status">
        <Icon name="warning" size={16} /> {refusal}
      </p>
    );
  }
  if (progress === null) {
    return (
      <p className="muted" role="status">
        Hold the QR code before the camera, straight and not too near.
      </p>
    );
  }
  return (
    <p role="status">
      <strong>
        {progress.read} of {progress.size} codes read.
      </strong>{' '}
      Show the next one.
    </p>
  );
}

/** Whatever else a code holds (an address, a network) is nothing to read. */
const isAccountText = (text: string): boolean => /^\s*(otpauth|otpauth-migration|steam|motp):/i.test(text);

/** Has each new text read once, and knows how far a Google export is. */
function useTexts(queue: ReadingQueue, onDone: () => void) {
  const seen = useRef(new Set<string>());
  const links = useRef<string[]>([]);
  const [progress, setProgress] = useState<BatchProgress | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const read = async (text: string): Promise<void> => {
    const grew = await queue.read({ kind: 'text', text });
    if (!grew) {
      setRefusal(queue.state().failures.at(-1)?.reason ?? null);
      return;
    }
    setRefusal(null);
    links.current.push(text);
    const now = batchProgress(links.current);
    setProgress(now);
    if (now === null || now.read === now.size) onDone();
  };
  const take = (text: string): void => {
    if (seen.current.has(text)) return;
    seen.current.add(text);
    if (isAccountText(text)) void read(text);
    else setRefusal('This QR code holds no account for an authenticator. Show another one.');
  };
  return { progress, refusal, take };
}
