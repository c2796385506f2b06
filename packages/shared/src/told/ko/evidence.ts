import type { evidenceSentences } from '../en/evidence.ts'

export const evidenceSentencesKo: Record<keyof typeof evidenceSentences, string> = {
  'evidence.vanished': '읽으려던 프로세스 {pid}번이 스캔 뒤에 끝났거나 네임스페이스를 떠났습니다. 새로 고치세요.',
  'evidence.not-recorded': '캡처한 파일들에 이것이 없습니다.',
  'evidence.no-sysfs-recorded': '캡처한 파일들에 sysfs가 없어 MAC, MTU, 상태, 종류, 상대편을 알 수 없습니다.',
  'evidence.no-holders-recorded':
    '캡처한 파일들에 파일 디스크립터가 없어 어느 프로세스가 소켓을 열고 있는지 알 수 없습니다.',
  'evidence.no-folders-recorded': '캡처한 파일들에 /dev/shm도 /dev/mqueue도 없습니다.',
  'evidence.denied':
    '프로세스 {pid}번의 것을 읽을 권한이 없습니다. 읽는 쪽에 CAP_SYS_PTRACE가, AppArmor가 있는 노드에서는 Unconfined 프로필도 필요합니다.',
  'evidence.cut': '여기서 읽는 것(파일마다 {most}줄)보다 많아 나머지는 뺐습니다.',
  'evidence.malformed': '이해할 수 없어 뺀 줄: {lines}개.',
  'evidence.other-sysfs':
    '프로세스 {pid}번의 sysfs에 보이는 것은 다른 네트워크 네임스페이스이거나 그사이에 바뀐 것입니다. 인터페이스의 MAC, MTU, 상태, 종류, 상대편을 뺐습니다.',
  'evidence.no-sysfs':
    '프로세스 {pid}번의 /sys에 sysfs가 없어 인터페이스의 MAC, MTU, 상태, 종류, 상대편을 읽을 수 없습니다.',
  'evidence.holders-closed':
    '다른 사용자의 프로세스가 가진 파일 디스크립터를 나열할 권한이 없습니다. 읽는 쪽에 CAP_DAC_READ_SEARCH가 없고, 그것 없이 알아내기에는 이 커널이나 다른 소켓에서 보이는 것이 부족합니다.',
  'evidence.holders-denied':
    '이 프로세스들의 파일 디스크립터를 따라갈 권한이 없습니다. 읽는 쪽에 CAP_SYS_PTRACE가 필요합니다.',
  'evidence.holders-many': '이 프로세스들은 파일 디스크립터가 너무 많아 살펴보지 않았습니다.',
  'evidence.more-processes': '프로세스 {count}개의 파일 디스크립터는 더 살펴보지 않았습니다.',
  'evidence.inside': '{why} 들어가려면 CAP_SYS_ADMIN이 필요한데 헬퍼에는 없습니다. 노드에서 root로 명령을 실행하세요.',
  'evidence.hostname-of-file':
    '컨테이너의 /etc/hostname에 있는 이름입니다. 커널이 아는 이름은 네임스페이스 안에서만 알 수 있습니다.',
  'evidence.hostname': '호스트 이름은 네임스페이스 안에서만 알 수 있습니다.',
  'evidence.sysv': 'System V 객체는 네임스페이스 안에서만 알 수 있습니다.',
  'evidence.odd-folders': '프로세스 {pid}번에는 보통과 같은 /dev/shm도 /dev/mqueue도 없습니다.',
  'evidence.odd-objects': '객체 {count}개는 여기에 이름이 없습니다. 너무 많거나, 이름에 특이한 문자가 있습니다.',
}
