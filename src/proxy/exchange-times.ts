/** When things happened in one exchange, in milliseconds of performance.now(). */
export class ExchangeTimes {
  private readonly begunAt = performance.now();
  /** What we had to wait for before sending was here: the head, or as much of the body as is sent with it. */
  private arrivedAt = this.begunAt;
  private departedAt: number | undefined;
  private answeredAt = 0;
  private heldUpTold = false;
  timeToFirstChunkMs: number | undefined;

  get durationMs(): number {
    return performance.now() - this.begunAt;
  }

  arrived(): void {
    if (this.departedAt === undefined) this.arrivedAt = performance.now();
  }

  departed(): void {
    this.departedAt ??= performance.now();
  }

  answered(): void {
    this.answeredAt = performance.now();
  }

  /** True for the first byte of upstream's body. */
  firstChunk(): boolean {
    if (this.timeToFirstChunkMs !== undefined) return false;
    this.timeToFirstChunkMs = this.durationMs;
    return true;
  }

  /** Once, when the answer has begun to pass: how long we held request and answer up. Undefined from then on. */
  heldUpMs(): number | undefined {
    if (this.heldUpTold) return undefined;
    this.heldUpTold = true;
    return (this.departedAt ?? this.arrivedAt) - this.arrivedAt + (performance.now() - this.answeredAt);
  }
}
