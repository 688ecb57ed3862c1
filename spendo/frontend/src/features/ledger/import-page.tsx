import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchAccounts } from '../../api/accounts';
import {
  chooseFor,
  commitImport,
  fetchDraft,
  fetchHeaders,
  fetchImports,
  forgetHeader,
  type ImportResult,
  removeImport,
  uploadFile,
  type Verdict,
} from '../../api/imports';
import type { User } from '../../api/session';
import { ErrorNote } from '../../ui/error-note';
import { errorWords } from '../../ui/error-words';
import page from './home-page.module.css';
import { ImportDone } from './import-done';
import { ImportHeaders } from './import-headers';
import { ImportHistory } from './import-history';
import { ImportNeeds } from './import-needs';
import { ImportPreview } from './import-preview';
import { ImportStart } from './import-start';

type Props = { user: User; onShow: () => void };

/** A file from a bank, looked at before anything is written, and taken back with one button. */
export function ImportPage({ user, onShow }: Props) {
  const client = useQueryClient();
  const [draftId, setDraftId] = useState<string | null>(null);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [done, setDone] = useState<ImportResult | null>(null);

  const imports = useQuery({
    queryKey: [user.id, 'imports'],
    queryFn: ({ signal }) => fetchImports(signal),
  });
  const headers = useQuery({
    queryKey: [user.id, 'headers'],
    queryFn: ({ signal }) => fetchHeaders(signal),
  });
  const accounts = useQuery({
    queryKey: [user.id, 'accounts'],
    queryFn: ({ signal }) => fetchAccounts(user.id, signal),
  });
  const draft = useQuery({
    queryKey: [user.id, 'import', draftId, verdict],
    queryFn: ({ signal }) => fetchDraft(draftId ?? '', verdict, signal),
    enabled: draftId !== null,
    placeholderData: (before) => (before?.id === draftId ? before : undefined),
    staleTime: 0,
  });

  const everythingChanged = () => client.invalidateQueries({ queryKey: [user.id] });
  const leave = () => {
    setDraftId(null);
    setVerdict(null);
  };
  const upload = useMutation({
    mutationFn: uploadFile,
    onSuccess: ({ id }) => {
      setDone(null);
      setDraftId(id);
    },
  });
  const choose = useMutation({
    mutationFn: (choices: Record<string, unknown>) => chooseFor(draftId ?? '', choices),
    onSuccess: () => client.invalidateQueries({ queryKey: [user.id, 'import', draftId] }),
  });
  const forget = useMutation({
    mutationFn: forgetHeader,
    onSuccess: () =>
      Promise.all(
        ['headers', 'import'].map((what) =>
          client.invalidateQueries({ queryKey: [user.id, what] }),
        ),
      ),
  });
  const commit = useMutation({
    mutationFn: () => commitImport(draftId ?? ''),
    onSuccess: (result) => {
      leave();
      setDone(result);
      return everythingChanged();
    },
  });
  const remove = useMutation({
    mutationFn: removeImport,
    onSuccess: () => {
      leave();
      setDone(null);
      return everythingChanged();
    },
  });

  const failure =
    upload.error ??
    choose.error ??
    forget.error ??
    commit.error ??
    remove.error ??
    (draftId ? draft.error : null);
  const found = draftId ? draft.data : undefined;
  return (
    <>
      <title>Import · Spendo</title>
      <h1 className={page.title}>Import</h1>
      {failure && <ErrorNote message={errorWords(failure)} />}
      {done && (
        <ImportDone
          result={done}
          onShow={onShow}
          onUndo={() => done.id !== null && remove.mutate(done.id)}
          undoing={remove.isPending}
        />
      )}
      {!draftId && (
        <ImportStart
          onFile={(file) => upload.mutate(file)}
          reading={upload.isPending ? upload.variables.name : null}
        />
      )}
      {found?.needs && (
        <ImportNeeds
          key={`${found.id} ${found.needs.code} ${found.needs.account}`}
          fileName={found.file_name}
          needs={found.needs}
          accounts={accounts.data?.accounts ?? []}
          onChoose={(choices) => choose.mutate(choices)}
          onCancel={() => remove.mutate(found.id)}
          busy={choose.isPending}
        />
      )}
      {found?.preview && (
        <ImportPreview
          fileName={found.file_name}
          preview={found.preview}
          accounts={accounts.data?.accounts ?? []}
          choices={found.choices}
          verdict={verdict}
          onVerdict={setVerdict}
          onChoose={(choices) => choose.mutate(choices)}
          onForget={(header) => forget.mutate(header)}
          onCommit={() => commit.mutate()}
          onCancel={() => remove.mutate(found.id)}
          busy={commit.isPending || choose.isPending || forget.isPending || draft.isFetching}
          committing={commit.isPending}
        />
      )}
      {!draftId && imports.data && (
        <ImportHistory
          imports={imports.data}
          onOpen={(id) => {
            setDone(null);
            setDraftId(id);
          }}
          onRemove={(id) => remove.mutate(id)}
          removing={remove.isPending ? remove.variables : null}
        />
      )}
      {!draftId && headers.data && (
        <ImportHeaders
          headers={headers.data}
          onForget={(header) => forget.mutate(header)}
          forgetting={forget.isPending ? forget.variables : null}
        />
      )}
    </>
  );
}
