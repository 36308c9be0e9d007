export declare const workspaceRoot: string;
export declare class BootstrapError extends Error {}
export declare function checkNodeVersion(version?: string): void;
export declare function whyInstall(root: string): string | undefined;
export declare function ensureDependencies(options?: { log?: (line: string) => void; root?: string }): Promise<void>;
export declare function ensureBuilt(options?: {
  log?: (line: string) => void;
  root?: string;
  projects?: string[];
}): Promise<void>;
