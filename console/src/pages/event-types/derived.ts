/** How a derived field is made, in words: docs/reference/events.md. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";

type Field = Pick<Shape<"EventFieldDetail">, "derived">;

/** One line: what the value is of which fields, and what was said beside; empty for a field that programs send. */
export function useDerivedWords(): (field: Field) => string {
  const { t } = useTranslation("event-types");
  return ({ derived }) => {
    if (!derived) return "";
    const [one = "", other = ""] = derived.of;
    const told = Object.entries(derived.parameters).map(([name, value]) => (name === "method" ? t(`derived_methods.${value}`) : t(`derived_with.${name}`, { value })));
    return [t(`derived_by.${derived.function}`, { one, other }), ...told].join("; ");
  };
}
