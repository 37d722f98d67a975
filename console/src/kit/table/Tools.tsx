/** What stands over a table: search, filters, columns, views, export. */
import { ActionIcon, Button, Checkbox, Menu, Popover, Stack, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { Bookmark, Columns3, Download, Filter, Search, X } from "lucide-react";
import { useEffect, useState, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { number } from "../format";
import { PREFIX, type Column, type TableState } from "./columns";
import { found } from "./pipeline";
import classes from "./table.module.css";
import { useViews } from "./views";

type Search = Record<string, string | undefined>;

interface ToolsProps<Row> {
  name: string;
  columns: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  rows: readonly Row[];
  count: number;
  total?: number;
  state: TableState;
  search: Search;
  change: (changes: Search) => void;
  onExport: () => void;
  searchField: RefObject<HTMLInputElement | null>;
  extra?: ReactNode;
}

export function Tools<Row>({ name, columns, shown, rows, count, total, state, search, change, onExport, searchField, extra }: ToolsProps<Row>) {
  const { t } = useTranslation("kit");
  const all = Math.max(total ?? 0, rows.length);
  return (
    <div className={classes.tools} data-no-print>
      <SearchField value={state.search} onChange={(q) => change({ q })} field={searchField} />
      {extra}
      {columns.filter((column) => column.choices && (shown.includes(column) || state.filters[column.id])).map((column) => (
        <ColumnFilter key={column.id} column={column} rows={rows} chosen={state.filters[column.id] ?? []}
          onChange={(values) => change({ [PREFIX + column.id]: values.join(",") || undefined })} />
      ))}
      <div className={classes.right}>
        <span className={classes.count}>{count === all ? t("table.count", { count, number: number(count) }) : t("table.count_of", { shown: number(count), all: number(all) })}</span>
        <ColumnChoice columns={columns} shown={shown} onChange={(cols) => change({ cols })} />
        <Views name={name} search={search} change={change} />
        <Tooltip label={t("table.export")}><ActionIcon aria-label={t("table.export")} onClick={onExport}><Download size={17} /></ActionIcon></Tooltip>
      </div>
    </div>
  );
}

function SearchField({ value, onChange, field }: { value: string; onChange: (value: string) => void; field: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation("kit");
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback(onChange, 200);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput ref={field} size="xs" aria-label={t("table.search")} placeholder={t("table.search")} leftSection={<Search size={15} aria-hidden />} value={typed}
      onChange={(event) => { setTyped(event.currentTarget.value); later(event.currentTarget.value); }}
      onKeyDown={(event) => { if (event.key === "Escape") { event.currentTarget.blur(); } }}
      rightSection={typed ? <ActionIcon size="sm" aria-label={t("table.clear")} onClick={() => { setTyped(""); onChange(""); }}><X size={14} /></ActionIcon> : null} />
  );
}

function ColumnFilter<Row>({ column, rows, chosen, onChange }: { column: Column<Row>; rows: readonly Row[]; chosen: readonly string[]; onChange: (values: string[]) => void }) {
  const { t } = useTranslation("kit");
  const [opened, setOpened] = useState(false);
  const named = typeof column.choices === "string" ? [] : (column.choices ?? []);
  const choices = !opened ? [] : column.choices === "found" ? found(rows, column).map((value) => ({ value, label: value })) : named;
  const labels = chosen.map((value) => named.find((one) => one.value === value)?.label ?? value);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Button size="xs" variant={chosen.length ? "light" : "default"} leftSection={<Filter size={13} aria-hidden />} onClick={() => setOpened(!opened)}>
          {chosen.length ? `${column.header}: ${labels.slice(0, 2).join(", ")}${labels.length > 2 ? ` +${labels.length - 2}` : ""}` : column.header}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {choices.length === 0 ? <span className="soft">{t("table.no_values")}</span> : null}
          {choices.map(({ value, label }) => (
            <Checkbox key={value} size="xs" label={label} checked={chosen.includes(value)}
              onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value))} />
          ))}
          {chosen.length ? <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>{t("table.clear")}</Button> : null}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnChoice<Row>({ columns, shown, onChange }: { columns: readonly Column<Row>[]; shown: readonly Column<Row>[]; onChange: (cols: string | undefined) => void }) {
  const { t } = useTranslation("kit");
  const isShown = (column: Column<Row>): boolean => shown.includes(column);
  const toggle = (column: Column<Row>): void => {
    const next = columns.filter((one) => (one === column ? !isShown(one) : isShown(one)));
    const usual = columns.filter((one) => !one.hidden);
    if (next.length > 0) onChange(next.length === usual.length && next.every((one) => usual.includes(one)) ? undefined : next.map(({ id }) => id).join(","));
  };
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={t("table.columns")} title={t("table.columns")}><Columns3 size={17} /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {columns.map((column) => <Checkbox key={column.id} size="xs" label={column.header} checked={isShown(column)} onChange={() => toggle(column)} />)}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Views({ name, search, change }: { name: string; search: Search; change: (changes: Search) => void }) {
  const { t } = useTranslation("kit");
  const [views, save, remove] = useViews(name);
  const [naming, setNaming] = useState("");
  const apply = (wanted: Record<string, string>): void => change({ ...Object.fromEntries(Object.keys(search).map((key) => [key, undefined])), ...wanted });
  const present = Object.fromEntries(Object.entries(search).filter((one): one is [string, string] => Boolean(one[1])));
  return (
    <Menu position="bottom-end" width={260} closeOnItemClick={false} trapFocus>
      <Menu.Target>
        <ActionIcon aria-label={t("table.views")} title={t("table.views")}><Bookmark size={17} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("table.views")}</Menu.Label>
        <Menu.Item onClick={() => apply({})}>{t("table.view_all")}</Menu.Item>
        {views.map((view) => (
          <Menu.Item key={view.name} onClick={() => apply(view.search)}>{view.name}</Menu.Item>
        ))}
        {views.map((view) => (
          <Menu.Item key={`-${view.name}`} color="red" leftSection={<X size={14} aria-hidden />} onClick={() => remove(view.name)}>{t("table.view_remove", { name: view.name })}</Menu.Item>
        ))}
        <Menu.Divider />
        <form style={{ padding: "0.5rem" }} onSubmit={(event) => { event.preventDefault(); if (naming.trim()) { save({ name: naming.trim(), search: present }); setNaming(""); } }}>
          <TextInput size="xs" label={t("table.view_save")} placeholder={t("table.view_name")} value={naming} maxLength={60}
            onChange={(event) => setNaming(event.currentTarget.value)} onKeyDown={(event) => event.stopPropagation()} />
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
