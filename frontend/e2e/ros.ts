import { createSocket } from 'node:dgram'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const LIBRARIES = join(ROOT, 'modulemanager-full/target/quarkus-app/lib/main')
const FIRST_DOMAIN = 20
const LAST_DOMAIN = 200

/** What makes a program part of a domain on this machine, and of nothing else. */
export function rosEnvironment(domain: number): Record<string, string> {
  return { ROS_DOMAIN_ID: String(domain), ROS_AUTOMATIC_DISCOVERY_RANGE: 'LOCALHOST' }
}

/** The command of a program that is the node `{namespace}/driver`; see ros/Arm.java for what it does. */
export function armCommand(namespace: string): string[] {
  const java = process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin/java')
  const library = readdirSync(LIBRARIES).find((file) => file.includes('.protocol-ros2-'))
  if (library === undefined) throw new Error(`protocol-ros2 is missing in ${LIBRARIES}. Build the service: ./mm build.`)
  const program = join(import.meta.dirname, 'ros/Arm.java')
  return [java, '-Xmx96m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(LIBRARIES, library), program, namespace]
}

/** A domain that has no participant; whoever else starts at the same time has likely drawn another. */
export async function freeDomain(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const domain = FIRST_DOMAIN + Math.floor(Math.random() * (LAST_DOMAIN - FIRST_DOMAIN))
    // Where the first participant of a domain listens (DDSI-RTPS 2.5, section 9.6.2.3).
    if (await isFree(7_410 + 250 * domain)) return domain
  }
  throw new Error('No domain of ROS 2 is free.')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => {
      socket.close()
      resolve(false)
    })
    socket.bind(port, () => socket.close(() => resolve(true)))
  })
}
