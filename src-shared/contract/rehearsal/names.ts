// Contract: how people, browsers, devices and sheets of a rehearsal are called, in scenarios and on screen.
import { z } from 'zod';

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} .,'’()-]{0,38}[\p{L}\p{N}.)])?$/u;

/** Of a browser, a device, a sheet or an organization: plain words, without markup. */
export const PlainName = z
  .string()
  .regex(NAME, "must be up to 40 letters, digits, spaces and . , ' ( ) -, and begin with a letter or digit");

/** A title: one line without markup. */
export const Title = z
  .string()
  .regex(/^[^<>\p{C}]{1,100}$/u, 'must be one line of up to 100 characters, without < and >');

/** The short name by which a scenario is called. */
export const ScenarioName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'must be up to 60 small letters, digits and -');
