/** Amounts in the currency's own units and rates in per cent, over what the server keeps: minor units and basis points. */
import { NumberInput, type NumberInputProps } from "@mantine/core";
import { minorDigits } from "../../../kit";

const PER_CENT = 100;

interface MinorProps extends Omit<NumberInputProps, "value" | "onChange"> {
  minor: number;
  currency: string;
  onMinor: (minor: number) => void;
}

export function MinorInput({ minor, currency, onMinor, ...rest }: MinorProps) {
  const unit = 10 ** minorDigits(currency);
  return <NumberInput value={minor / unit} min={0} decimalScale={minorDigits(currency)} thousandSeparator="," suffix={` ${currency}`} hideControls {...rest} onChange={(value) => onMinor(Math.round((Number(value) || 0) * unit))} />;
}

interface BpsProps extends Omit<NumberInputProps, "value" | "onChange"> {
  bps: number;
  onBps: (bps: number) => void;
}

export function BpsInput({ bps, onBps, ...rest }: BpsProps) {
  return <NumberInput value={bps / PER_CENT} min={0} decimalScale={2} suffix=" %" hideControls {...rest} onChange={(value) => onBps(Math.round((Number(value) || 0) * PER_CENT))} />;
}
