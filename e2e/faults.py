"""What axe does not look for: scripts for the page, each giving the faults it finds."""

# Whatever can be pressed or written in, and cannot be brought to where it can be seen and hit.
UNREACHABLE = """() => {
  const chat = document.querySelector('openai-chatkit').shadowRoot;
  const controls = 'button, a[href], input, select, summary, [role=textbox], [tabindex="0"]';
  const hidden = (one) => !one.checkVisibility({ visibilityProperty: true, opacityProperty: false })
    || one.closest('[inert], [hidden], .spoken') || one.closest('dialog:not([open])');
  const faults = [];
  for (const one of chat.querySelectorAll(controls)) {
    if (hidden(one) || one.disabled) continue;
    one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const hit = chat.elementFromPoint(x, y);
    const seen = hit && (one.contains(hit) || hit.contains(one));
    const name = one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 40);
    if (!seen || left < -1 || x < 0 || x > innerWidth || y < 0 || y > innerHeight)
      faults.push(`${one.tagName} ${name} at ${Math.round(x)}, ${Math.round(y)}`);
  }
  return faults;
}"""

# Boxes with controls that are larger than what is shown of them, and cannot be scrolled by hand.
CUT_OFF = """() => {
  const chat = document.querySelector('openai-chatkit').shadowRoot;
  return [...chat.querySelectorAll('.chat, .chat *')]
    .filter((one) => one.checkVisibility() && !one.closest('[inert]'))
    .filter((one) => /hidden|clip/.test(getComputedStyle(one).overflowY))
    .filter((one) => one.scrollHeight > one.clientHeight + 1 && one.querySelector('button, a'))
    .map((one) => `${one.tagName}.${one.className} ${one.scrollHeight} in ${one.clientHeight}`);
}"""

# Anything wider than its window that does not scroll by itself.
TOO_WIDE = """() => {
  const chat = document.querySelector('openai-chatkit').shadowRoot;
  const scrolls = (one) => one && (/auto|scroll/.test(getComputedStyle(one).overflowX)
    || (one.parentElement && scrolls(one.parentElement)));
  return [...chat.querySelectorAll('.chat *')]
    .filter((one) => one.checkVisibility() && !one.closest('.spoken, svg, math'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one))
    .map((one) => `${one.tagName}.${one.className}`);
}"""

# Targets smaller than 24 px in either direction that have no room around them, either. Words in a
# sentence may be as small as they are.
TOO_SMALL = """() => {
  const chat = document.querySelector('openai-chatkit').shadowRoot;
  const targets = [...chat.querySelectorAll('button, input, select, summary')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
    .filter((one) => !one.closest('[inert], p, li .prose') && one.type !== 'file')
    .filter((one) => getComputedStyle(one).display !== 'inline')
    .map((one) => one.closest('label') ?? one);
  const crowded = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    return targets.some((other) => {
      if (other === one) return false;
      const box = other.getBoundingClientRect();
      const across = Math.max(box.left - x, 0, x - box.right);
      const along = Math.max(box.top - y, 0, y - box.bottom);
      return Math.hypot(across, along) < 12;
    });
  };
  return targets
    .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 24 && crowded(one))
    .map((one) => `${one.tagName} ${one.getAttribute('aria-label') ?? one.textContent.trim()}`);
}"""
