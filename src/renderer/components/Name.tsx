/**
 * What people or services have named: a tool, a project, a model. Isolated, since a name written from the right would
 * reverse what is beside it, and marked as no text of ours. Where a class may cut it, it is whole in a tooltip.
 */
export function Name({ children, className }: { readonly children: string; readonly className?: string }) {
  return (
    <bdi translate="no" className={className} title={className && children}>
      {children}
    </bdi>
  );
}
