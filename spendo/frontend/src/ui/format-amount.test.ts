// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { formatAmount, isNegative, isZero } from './format-amount';

const en = { locale: 'en-US' };

describe('formatAmount', () => {
  it('writes negative amounts with the real minus sign', () => {
    expect(formatAmount('-12.30', 'USD', en)).toBe('\u2212$12.30');
  });

  it('keeps every digit of an amount far beyond what a JavaScript number can hold', () => {
    expect(formatAmount('90071992547409931234.57', 'USD', en)).toBe(
      '$90,071,992,547,409,931,234.57',
    );
  });

  it('shows as many decimals as the currency of the amount has', () => {
    expect(formatAmount('80000', 'JPY', en)).toBe('¥80,000');
    expect(formatAmount('1.234', 'KWD', en)).toBe('KWD\u00a01.234');
    expect(formatAmount('5.10', 'USD', en)).toBe('$5.10');
  });

  it('follows the reader’s language', () => {
    expect(formatAmount('-1234.50', 'EUR', { locale: 'de-DE' })).toBe('\u22121.234,50\u00a0€');
  });

  it('marks what came in with a plus when both directions are listed, but never zero', () => {
    expect(formatAmount('2850.00', 'USD', { ...en, signed: true })).toBe('+$2,850.00');
    expect(formatAmount('-4.75', 'USD', { ...en, signed: true })).toBe('\u2212$4.75');
    expect(formatAmount('0.00', 'USD', { ...en, signed: true })).toBe('$0.00');
  });

  it('does not write a minus before zero', () => {
    expect(formatAmount('-0.00', 'USD', en)).toBe('$0.00');
  });

  it('still shows the amount when the currency is not a code that Intl accepts', () => {
    expect(formatAmount('3.50', 'points', en)).toBe('3.50 points');
  });
});

describe('the sign of an amount', () => {
  it('is read from the text', () => {
    expect(isNegative('-0.01')).toBe(true);
    expect(isNegative('0.01')).toBe(false);
    expect(isNegative('-0.00')).toBe(false);
    expect(isZero('0.000')).toBe(true);
    expect(isZero('100')).toBe(false);
  });
});
