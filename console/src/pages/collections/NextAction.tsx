/** What to do now, what to say, and how it ended. A number is told only when the rules let it be used. */
import { Button, NumberInput, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { PhoneCall, Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Badge, Block, Copyable, ErrorPanel, Instant, noteDone, useMay, useMoney } from "../../kit";
import classes from "./collections.module.css";
import { requestId, useChange, type Customer } from "./useChange";
import { Blocks, useNames } from "./words";

type Option = Shape<"OptionShown">;
type Answer = Shape<"CallAnswer">;

const PEOPLES = new Set(["call", "letter", "visit"]);
const ENDS = ["answered", "unanswered", "refused", "wrong"] as const;

export function NextAction({ of: one }: { of: Customer }) {
  const { t } = useTranslation("collections");
  const names = useNames();
  const money = useMoney(one.currency);
  const may = useMay("collect");
  const wanted = one.options.findIndex((each) => each.action.channel === one.choice.action.channel);
  const [place, setPlace] = useState(Math.max(wanted, 0));
  const option = one.options[place];
  const { choice } = one;
  return (
    <Block title={t("now_title")} note={`${names.action(choice.action)} · ${t(`chosen_by.${choice.chosen_by}`)}`}>
      {choice.expected_minor !== null ? <p className="soft">{t("would", { amount: money(choice.expected_minor) })}</p> : null}
      {one.options.length && one.is_in ? (
        <div className={classes.now}>
          <div className={classes.scroll}><SegmentedControl size="xs" aria-label={t("now_title")} value={String(place)} onChange={(value) => setPlace(Number(value))}
            data={one.options.map((each, at) => ({ value: String(at), label: names.channel(each.action.channel ?? "") }))} /></div>
          {option ? <OneOption key={`${place}`} of={one} option={option} may={may} /> : null}
        </div>
      ) : null}
    </Block>
  );
}

function OneOption({ of: one, option, may }: { of: Customer; option: Option; may: boolean }) {
  const { t } = useTranslation("collections");
  if (!option.point) return <p className="soft">{`${t("no_point")} ${t("no_point_hint")}`}</p>;
  const people = PEOPLES.has(option.action.channel ?? "");
  return (
    <>
      {option.blocks.length ? (
        <div className={classes.blocked} role="note">
          <strong>{t("blocked")}</strong> {option.until ? <span className="nowrap">{t("until", { at: "" })}<Instant at={option.until} form="minute" /></span> : null}
          <Blocks blocks={option.blocks} />
        </div>
      ) : null}
      {people ? (
        <>
          <h3>{t("script")}</h3>
          {option.script ? <blockquote className={classes.script}>{option.script}</blockquote> : <p className="soft">{t("no_script")}</p>}
          {may ? <Dial of={one} option={option} /> : null}
        </>
      ) : may ? <Write of={one} option={option} /> : <blockquote className={classes.script}>{option.script}</blockquote>}
    </>
  );
}

function Dial({ of: one, option }: { of: Customer; option: Option }) {
  const { t } = useTranslation("collections");
  const { busy, problem, change } = useChange(one.account_id);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [minutes, setMinutes] = useState<number>(3);
  const { action, point } = option;
  const ask = async (): Promise<void> => {
    const channel = action.channel as "call" | "letter" | "visit";
    setAnswer(await change(() => api.POST("/v1/collections/accounts/{account_id}/calls", {
      params: { path: { account_id: one.account_id } }, body: { request_id: requestId(), channel, point: point ?? "", step: action.step, agency: null, by: null },
    })));
  };
  const end = async (how: (typeof ENDS)[number]): Promise<void> => {
    if (!answer) return;
    const state = how === "wrong" ? "unanswered" : how;
    const done = await change(() => api.POST("/v1/collections/contacts/{contact_id}/outcome", {
      params: { path: { contact_id: answer.contact_id } }, body: { state, minutes, invalid: how === "wrong", why: "", by: null },
    }));
    if (done) { noteDone(t(`state.${how}`)); setAnswer(null); }
  };
  return (
    <div className={classes.now}>
      {problem ? <ErrorPanel problem={problem} /> : null}
      {answer?.address ? (
        <div className={classes.dialling}>
          <strong>{action.channel === "call" ? t("dialling") : t("address_now")}</strong>
          <span className={classes.number}><Copyable text={answer.address} /></span>
          <NumberInput size="xs" className={classes.minutes} label={t("minutes")} min={0} max={480} value={minutes} onChange={(value) => setMinutes(Number(value) || 0)} />
          <span className={classes.label}>{t("asked_again")}</span>
          <div className={classes.row}>{ENDS.map((how) => <Button key={how} size="xs" variant={how === "answered" ? "filled" : "default"} loading={busy} onClick={() => void end(how)}>{t(`state.${how}`)}</Button>)}</div>
        </div>
      ) : (
        <>
          {answer?.blocks.length ? <div className={classes.blocked} role="note"><strong>{t("blocked")}</strong><Blocks blocks={answer.blocks} /></div> : null}
          <div className={classes.row}><Button leftSection={<PhoneCall size={15} aria-hidden />} loading={busy} onClick={() => void ask()}>{t("call")}</Button></div>
        </>
      )}
    </div>
  );
}

function Write({ of: one, option }: { of: Customer; option: Option }) {
  const { t } = useTranslation("collections");
  const { busy, problem, change } = useChange(one.account_id);
  const [text, setText] = useState(option.script ?? "");
  const [subject, setSubject] = useState(option.subject ?? "");
  const [blocks, setBlocks] = useState<readonly Shape<"BlockShown">[]>([]);
  const isMail = option.action.channel === "email";
  const send = async (): Promise<void> => {
    const channel = option.action.channel as "email" | "sms" | "ai_call";
    const template = text === option.script ? option.action.template : null;
    const done = await change(() => api.POST("/v1/collections/accounts/{account_id}/messages", {
      params: { path: { account_id: one.account_id } },
      body: { request_id: requestId(), channel, point: option.point ?? "", text, subject: isMail ? subject : null, step: option.action.step, template, by: null },
    }));
    setBlocks(done?.blocks ?? []);
    if (done && done.blocks.length === 0) noteDone(t("sent"));
  };
  return (
    <div className={classes.now}>
      {isMail ? <TextInput label={t("subject")} value={subject} maxLength={200} onChange={(event) => setSubject(event.currentTarget.value)} /> : null}
      <Textarea label={t("text")} description={t("text_hint")} autosize minRows={4} maxRows={12} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {problem ? <ErrorPanel problem={problem} /> : null}
      {blocks.length ? <div className={classes.blocked} role="alert"><strong>{t("blocked")}</strong><Blocks blocks={blocks} /></div> : null}
      <div className={classes.row}><Button leftSection={<Send size={15} aria-hidden />} loading={busy} disabled={text.trim() === ""} onClick={() => void send()}>{t("send")}</Button>
        <Badge>{t(`step.${option.action.step}`)}</Badge></div>
    </div>
  );
}
