import { z } from 'zod';
import { ID } from './names.ts';

/** The fields that every kind of definition is made of. */

/** The name of a thing, by which other files refer to it. */
export const id = z.string().regex(ID, 'use lower-case words joined by hyphens');

/** Words for a person; each kind of definition has its own length of a line. */
export const words = (charsMax: number) => z.string().trim().min(1).max(charsMax);

/** Sentences: longer than a line, shorter than a page. */
export const prose = words(4000);

export const semver = z.string().regex(/^\d+\.\d+\.\d+$/, 'write a version like 1.0.0');

export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a date like 2026-11-20');

/** Two letters of ISO 3166-1. */
export const country = z.string().regex(/^[A-Z]{2}$/);

/** The name of a parameter, a setting or a secret: what vendors call theirs. */
export const parameter = z.string().regex(/^[a-z0-9_]+$/);
