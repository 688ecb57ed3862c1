/** Whether the user's main pointer is a finger: then a field that takes the focus opens a keyboard. */
export function isTouch(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;
}
