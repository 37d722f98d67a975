/** Saved views: the address of a table under a name, kept in this browser. */
import { useLocalStorage } from "@mantine/hooks";

export interface View {
  name: string;
  search: Record<string, string>;
}

export function useViews(table: string): [readonly View[], (view: View) => void, (name: string) => void] {
  const [views, setViews] = useLocalStorage<View[]>({ key: `tandem.views.${table}`, defaultValue: [], getInitialValueInEffect: false });
  const save = (view: View): void => setViews([...views.filter(({ name }) => name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name)));
  const remove = (gone: string): void => setViews(views.filter(({ name }) => name !== gone));
  return [views, save, remove];
}
