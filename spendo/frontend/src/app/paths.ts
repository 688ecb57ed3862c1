export const paths = { home: '/', signIn: '/sign-in', signUp: '/sign-up' } as const;
