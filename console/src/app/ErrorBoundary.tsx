import { Component, type ReactNode } from "react";
import { problemOf } from "../api";
import { ErrorPanel } from "../kit/ErrorPanel";

interface Bounded {
  children: ReactNode;
  of: string; // names the part, so that a new one starts afresh
  again?: () => Promise<void>; // what has to be done before the part is tried again
  className?: string | undefined; // of what stands in its place
}

/** Keeps a fault of one part from taking the page away. */
export class ErrorBoundary extends Component<Bounded, { error: unknown; of: string }> {
  override state: { error: unknown; of: string } = { error: null, of: this.props.of };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error("unknown") };
  }

  static getDerivedStateFromProps(props: { of: string }, state: { of: string }): { error: null; of: string } | null {
    return props.of === state.of ? null : { error: null, of: props.of };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <div className={this.props.className}><ErrorPanel problem={problemOf(this.state.error)} onRetry={() => void this.retry()} /></div>;
  }

  private async retry(): Promise<void> {
    await this.props.again?.();
    this.setState({ error: null });
  }
}
