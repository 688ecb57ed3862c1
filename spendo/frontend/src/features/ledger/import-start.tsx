import { Button } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { UploadIcon } from '../../ui/icons';
import page from './home-page.module.css';
import classes from './import-page.module.css';

/** `reading` is the name of the file that is being read, as long as one is. */
type Props = { onFile: (file: File) => void; reading: string | null };

const KINDS = '.csv,.tsv,.txt,.ofx,.qfx,.qif,.xml,.json';

export function ImportStart({ onFile, reading }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && reading === null) onFile(file);
  };
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={`${page.card} ${classes.start}`}
      data-over={over || undefined}
      aria-label="Choose a file"
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <UploadIcon size={28} className={classes.startIcon ?? ''} />
      <div>
        {reading === null && (
          <>
            <p className={classes.startTitle}>Add transactions from a file of your bank</p>
            <p className={classes.quiet}>
              CSV, OFX, QFX, QIF or CAMT.053. You see every row before anything is added, and can
              take the whole import back.
            </p>
          </>
        )}
        <div role="status" aria-label="Reading">
          {reading !== null && (
            <>
              <p className={classes.startTitle}>Reading {reading} …</p>
              <p className={classes.quiet}>Nothing is added yet. A large file takes a while.</p>
            </>
          )}
        </div>
      </div>
      <Button loading={reading !== null} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        accept={KINDS}
        hidden
        aria-label="File of your bank"
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = '';
        }}
      />
    </section>
  );
}
