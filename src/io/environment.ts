/** The variables of the environment of this process. */
export const environmentOfProcess = (): Readonly<Record<string, string | undefined>> => process.env
