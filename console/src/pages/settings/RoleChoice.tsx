/** The roles to choose from, each with what it opens. */
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import classes from "./settings.module.css";

export type RoleName = Shape<"PersonSummary">["roles"][number];

const ROLES: readonly RoleName[] = ["viewer", "analyst", "collector", "servicer", "strategist", "approver", "admin"];

export function RoleChoice({ value, onChange }: { value: readonly RoleName[]; onChange: (roles: RoleName[]) => void }) {
  const { t } = useTranslation("settings");
  const { t: words } = useTranslation("app");
  return (
    <Checkbox.Group label={t("roles")} description={t("roles_hint")} value={[...value]} onChange={(roles) => onChange(roles as RoleName[])} required>
      <div className={classes.choices} style={{ marginTop: 8 }}>
        {ROLES.map((role) => <Checkbox key={role} value={role} label={words(`role.${role}`)} description={t(`role_hint.${role}`)} />)}
      </div>
    </Checkbox.Group>
  );
}
