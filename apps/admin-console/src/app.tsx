import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { BrowserRouter } from 'react-router';
import { createQueryClient } from './api/query-client.ts';
import { Announcements } from './parts/announcements.tsx';
import { Places } from './places.tsx';

/** The whole console. */
export function App() {
  const [isSessionOver, setSessionOver] = useState(false);
  const [queries] = useState(() => createQueryClient(() => setSessionOver(true)));
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter basename="/admin">
        <Announcements>
          <Places isSessionOver={isSessionOver} />
        </Announcements>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
