import { Component, type ReactNode } from "react";
import { problemOf } from "../api";
import { ErrorPanel } from "../kit/ErrorPanel";

/** Keeps a fault of one part from taking the page away; `of` names the part so that a new one starts afresh. */
export class ErrorBoundary extends Component<{ children: ReactNode; of: string }, { error: unknown; of: string }> {
  override state: { error: unknown; of: string } = { error: null, of: this.props.of };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error("unknown") };
  }

  static getDerivedStateFromProps(props: { of: string }, state: { of: string }): { error: null; of: string } | null {
    return props.of === state.of ? null : { error: null, of: props.of };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <ErrorPanel problem={problemOf(this.state.error)} onRetry={() => this.setState({ error: null })} />;
  }
}
