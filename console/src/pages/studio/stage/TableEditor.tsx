import { Button, Select, TextInput } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { noteDone } from "../../../kit";
import { ExpressionField } from "../expression/ExpressionField";
import { useStudio } from "../model/context";
import { textOf, withAt, type Doc } from "../model/paths";
import { docOf, listOf, outputText, readRow, valueOf, wordOf, writeRow, type TableRow } from "../model/stages";
import { MissingField, StopOnField } from "./EffectFields";
import type { EditorProps } from "./editors";
import { Sheet, type SheetColumn } from "./Sheet";
import { TableMarks } from "./TableMarks";
import classes from "../studio.module.css";

const HITS = ["first", "unique", "priority", "collect"] as const;
const OUTPUTS = ["outcome", "reason", "actions", "limit", "cap"];

/** A decision table: settings, the sheet, and what is wrong with it as one types. */
export function TableEditor({ stage, path, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { draft, names, mayEdit } = useStudio();
  const [column, setColumn] = useState<number | null>(null);
  const where = textOf(path);
  const columns = listOf(stage["columns"]);
  const outputs = typeof stage["outputs"] === "string" ? [stage["outputs"]] : listOf(stage["outputs"]).map(wordOf);
  const rows = listOf(stage["rows"]).map((row) => readRow(row, columns.length));
  const report = draft.report?.tables.find((one) => one.where === where);
  const heads: SheetColumn[] = [
    ...columns.map((one, place) => ({ name: typeof one === "string" ? one : wordOf(docOf(one)["column"]), output: false, type: report?.types[place] ?? "" })),
    ...outputs.map((name) => ({ name, output: true, type: "" })),
  ];
  const findings = draft.report?.findings.filter((one) => one.where.startsWith(`${where}.rows[`)) ?? [];

  const put = (next: Doc, key: string): void => draft.edit(withAt(draft.document, path, { ...stage, ...next }), key);
  const putRows = (next: TableRow[], key = `${where}.rows`): void => put({ rows: next.map(writeRow) }, key);
  const cells = rows.map((row) => [...columns.map((_, place) => row.when[place] ?? "-"), ...outputs.map((_, place) => outputText(row.then[place]))]);
  const fallback = stage["default"] === undefined ? null : listOf(stage["default"]).map(outputText);

  const setCells = (changes: readonly { row: number; column: number; text: string }[], key: string): void => {
    const next = rows.map((row) => ({ ...row, when: [...row.when], then: [...row.then] }));
    for (const { row, column: place, text } of changes) {
      while (next.length <= row) next.push({ name: "", when: columns.map(() => "-"), then: outputs.map(() => null), note: "" });
      const one = next[row];
      if (!one || place >= heads.length) continue;
      if (place < columns.length) one.when[place] = text.trim() === "" ? "-" : text.trim();
      else one.then[place - columns.length] = valueOf(text);
    }
    putRows(next, key);
  };
  const addColumn = (output: boolean): void => {
    if (output) {
      const name = OUTPUTS.find((one) => !outputs.includes(one) && (one !== "reason" || outputs.includes("outcome"))) ?? `value_${outputs.length + 1}`;
      put({ outputs: [...outputs, name], rows: rows.map((row) => writeRow({ ...row, then: [...row.then, null] })), ...(fallback ? { default: [...listOf(stage["default"]), null] } : {}) }, "");
      setColumn(heads.length);
      return;
    }
    const used = new Set(heads.map((one) => one.name));
    const name = names?.columns.find((one) => !used.has(one.name) && one.type !== "timestamp")?.name ?? "TRUE";
    put({ columns: [...columns, name], rows: rows.map((row) => writeRow({ ...row, when: [...row.when, "-"] })) }, "");
    setColumn(columns.length);
  };
  const removeColumn = (place: number): void => {
    setColumn(null);
    if (place < columns.length) put({ columns: columns.toSpliced(place, 1), rows: rows.map((row) => writeRow({ ...row, when: row.when.toSpliced(place, 1) })) }, "");
    else {
      const at = place - columns.length;
      put({ outputs: outputs.toSpliced(at, 1), rows: rows.map((row) => writeRow({ ...row, then: row.then.toSpliced(at, 1) })), ...(fallback ? { default: listOf(stage["default"]).toSpliced(at, 1) } : {}) }, "");
    }
    noteDone(t("part.removed"), draft.undo);
  };

  return (
    <>
      <div className={classes.two}>
        <Select label={t("table.hit")} value={wordOf(stage["hit"]) || "first"} disabled={!mayEdit} allowDeselect={false} onChange={(value) => change("hit", value ?? "first")} data={HITS.map((value) => ({ value, label: t(`table.hit_${value}`) }))} />
        {stage["hit"] === "collect" ? <Select label={t("table.aggregate")} value={wordOf(stage["aggregate"]) || "list"} disabled={!mayEdit} allowDeselect={false} onChange={(value) => change("aggregate", value === "list" ? undefined : (value ?? undefined))} data={["list", "sum", "min", "max"].map((value) => ({ value, label: t(`table.aggregate_${value}`) }))} /> : null}
        <MissingField part={stage} change={change} /><StopOnField stage={stage} change={change} />
      </div>
      <Sheet label={t("table.sheet", { name: wordOf(stage["table"]) })} columns={heads} cells={cells} names={rows.map((row) => row.name)} fallback={fallback} report={report} findings={findings} where={where} editable={mayEdit}
        onCells={setCells}
        onInsert={(place) => putRows(rows.toSpliced(place, 0, { name: "", when: columns.map(() => "-"), then: rows[place - 1]?.then.map((value) => value) ?? outputs.map(() => null), note: "" }), "")}
        onRemove={(first, last) => { putRows(rows.toSpliced(first, last - first + 1), ""); noteDone(t("table.rows_removed", { count: last - first + 1 }), draft.undo); }}
        onMove={(from, to) => { const row = rows[from]; if (row && to >= 0 && to < rows.length) putRows(rows.toSpliced(from, 1).toSpliced(to, 0, row), ""); }}
        onFallback={(place, text) => change("default", outputs.map((_, index) => (index === place ? valueOf(text) : (listOf(stage["default"])[index] ?? null))))}
        onHead={setColumn} />
      {mayEdit ? (
        <div className={classes.addLine}>
          <Button size="compact-sm" variant="light" leftSection={<Plus size={14} />} onClick={() => putRows([...rows, { name: "", when: columns.map(() => "-"), then: outputs.map(() => null), note: "" }], "")}>{t("table.add_row")}</Button>
          <Button size="compact-sm" variant="default" leftSection={<Plus size={14} />} onClick={() => addColumn(false)}>{t("table.add_column")}</Button>
          <Button size="compact-sm" variant="default" leftSection={<Plus size={14} />} onClick={() => addColumn(true)}>{t("table.add_output")}</Button>
          <Button size="compact-sm" variant="default" onClick={() => change("default", fallback ? undefined : outputs.map(() => null))}>{t(fallback ? "table.no_default" : "table.add_default")}</Button>
        </div>
      ) : null}
      <p className="soft">{t("table.keys")}</p>
      {column !== null && heads[column] ? (
        <div className={classes.part}>
          <div className={classes.partBody} style={{ paddingTop: "0.5rem" }}>
            {column < columns.length ? (
              <>
                <TextInput label={t("table.column_name")} value={heads[column].name} disabled={!mayEdit} onChange={(event) => {
                  const of = typeof columns[column] === "string" ? columns[column] : wordOf(docOf(columns[column])["of"]);
                  const name = event.currentTarget.value;
                  put({ columns: columns.with(column, name === of ? of : { column: name, of }) }, `${where} head ${column}`);
                }} />
                <ExpressionField label={t("table.column_of")} value={typeof columns[column] === "string" ? (columns[column] as string) : wordOf(docOf(columns[column])["of"])}
                  onChange={(of) => put({ columns: columns.with(column, typeof columns[column] === "string" ? of : { ...docOf(columns[column]), of }) }, `${where} of ${column}`)} />
              </>
            ) : (
              <TextInput label={t("table.output_name")} description={t("table.output_hint")} value={heads[column].name} disabled={!mayEdit} onChange={(event) => put({ outputs: outputs.with(column - columns.length, event.currentTarget.value) }, `${where} head ${column}`)} />
            )}
            {mayEdit ? (
              <div className={classes.addLine}>
                <Button size="compact-sm" variant="default" leftSection={<Trash2 size={14} />} disabled={column < columns.length ? columns.length < 2 : outputs.length < 2} onClick={() => removeColumn(column)}>{t("table.remove_column")}</Button>
                <Button size="compact-sm" variant="subtle" onClick={() => setColumn(null)}>{t("done")}</Button>
              </div>
            ) : null}
          </div>
        </div>
      ) : null}
      {report ? <TableMarks report={report} /> : null}
    </>
  );
}

