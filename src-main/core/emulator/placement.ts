/** Where the units of a network lie on a chip, for all of its doors. */

/** columns; −1: the unit has no column (excluded or defective) and stays silent. */
export interface Placement {
  hidden: Int16Array
  outputs: Int16Array
}
