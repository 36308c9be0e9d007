import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { words } from '../words/words.ts';

interface ConfirmProps {
  /** The button that asks. */
  readonly trigger: ReactNode;
  readonly title: string;
  /** What is going to happen, with numbers. */
  readonly children: ReactNode;
  /** What the button says that does it. */
  readonly yes: string;
  readonly isDangerous?: boolean;
  readonly onYes: () => void;
}

/** Asks before something happens that is hard to take back. Escape, and a click beside it, mean no. */
export function Confirm({ trigger, title, children, yes, isDangerous = false, onYes }: ConfirmProps) {
  return (
    <DialogTrigger>
      {trigger}
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="modal">
          <Dialog role="alertdialog" className="dialog">
            {({ close }) => (
              <>
                <Heading slot="title">{title}</Heading>
                <div className="dialog-body">{children}</div>
                <div className="actions">
                  <Button
                    className={isDangerous ? 'danger' : 'primary'}
                    onPress={() => {
                      close();
                      onYes();
                    }}
                  >
                    {yes}
                  </Button>
                  <Button onPress={close}>{words.common.cancel}</Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
