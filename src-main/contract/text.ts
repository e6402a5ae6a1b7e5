/** Words that a person gives to things: lists, tables and titles show them on one line. */
import { z } from 'zod'

/** @param most characters */
export const oneLine = (most: number): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'allowed: one line, without control characters')
