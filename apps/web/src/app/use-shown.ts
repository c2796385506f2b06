import { hideArguments, hideNodeArguments, type NodeObservation, type Observation } from '@pausescope/shared'
import { useMemo } from 'react'
import { useArguments } from '../url/use-arguments.ts'

/** What may be seen, saved and copied of an observation: all of it, or without arguments where these are hidden. */
export function useShown(observation: Observation | null): Observation | null {
  const { shown } = useArguments()
  return useMemo(() => (observation && !shown ? hideArguments(observation) : observation), [observation, shown])
}

/** The same for a whole node. */
export function useShownNode(observation: NodeObservation | null): NodeObservation | null {
  const { shown } = useArguments()
  return useMemo(() => (observation && !shown ? hideNodeArguments(observation) : observation), [observation, shown])
}
