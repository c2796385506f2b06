export * from './capture.ts'
