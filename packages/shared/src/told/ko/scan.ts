import type { scanSentences } from '../en/scan.ts'

export const scanSentencesKo: Record<keyof typeof scanSentences, string> = {
  'scan.hidden':
    '노드의 프로세스 가운데 {read}개만 읽을 수 있었습니다({others}). 읽는 쪽을 CAP_SYS_PTRACE와 hostPID가 있는 root로 실행하거나, /proc을 hidepid 없이 마운트하세요.',
  'scan.hidden-by-option':
    '노드의 프로세스 가운데 {read}개만 읽을 수 있었습니다({others}). /proc이 hidepid={option} 옵션으로 마운트되어 있습니다. 읽는 쪽을 CAP_SYS_PTRACE와 hostPID가 있는 root로 실행하거나, /proc을 hidepid 없이 마운트하세요.',
  'scan.others-closed': 'PID 1을 포함해 {count}개는 볼 수 없음',
  'scan.no-first': 'PID 1은 그 안에 없음',
  'scan.unseen-pods':
    'API 서버는 노드의 컨테이너가 실행 중이라고 하지만({running}개), 읽은 프로세스({read}개) 가운데 파드 안에 있는 것이 없습니다. 읽는 쪽이 노드의 일부만 보거나(hostPID가 필요하고, hidepid 없는 /proc이나 CAP_SYS_PTRACE도 필요합니다), 다른 기계의 /proc이거나, kubelet이 파드의 cgroup을 만들지 않습니다(cgroupsPerQOS: false).',

  'scan.links-denied': '읽을 권한이 없는 네임스페이스 링크가 있습니다. {why}',
  'scan.lacks-ptrace': '읽는 쪽에 CAP_SYS_PTRACE가 없습니다. 추가하세요.',
  'scan.kept-by-selinux':
    '읽는 쪽에 CAP_SYS_PTRACE가 있지만 SELinux가 다른 프로세스에 접근하지 못하게 막습니다({label}). spc_t로 실행하세요.',
  'scan.kept-by-apparmor':
    '읽는 쪽에 CAP_SYS_PTRACE가 있지만 AppArmor 프로필이 막습니다({label}). Unconfined 프로필로 실행하세요.',
  'scan.kept-by-module':
    '읽는 쪽에 CAP_SYS_PTRACE가 있지만 노드의 보안 모듈이 이유를 밝히지 않고 다른 프로세스에 접근하지 못하게 막습니다. 읽는 쪽을 프로필 없이 실행하세요(AppArmor: Unconfined, SELinux: spc_t).',
  'scan.kept-by-capability':
    '읽는 쪽은 CAP_SYS_PTRACE로 다른 프로세스를 읽습니다. 이 프로세스들에는 읽는 쪽에 없는 권한(capability)이 있거나, 이들이 더 위의 사용자 네임스페이스에 있습니다.',
  'scan.kept':
    '읽는 쪽에 CAP_SYS_PTRACE가, AppArmor가 있는 노드에서는 Unconfined 프로필도 필요합니다. 읽는 쪽에 없는 권한(capability)을 가진 프로세스는 그래도 읽을 수 없습니다.',

  'scan.vanished': '노드를 읽는 동안 끝난 프로세스는 뺐습니다.',
  'scan.young':
    '노드를 읽는 동안 시작된 프로세스입니다. 그 PID가 전에는 다른 프로세스의 것이었을 수 있어 뺐습니다. 다시 스캔하세요.',
  'scan.twice': '스캔에 두 번 나오는 PID가 있어 두 프로세스를 모두 뺐습니다. 다시 스캔하세요.',
  'scan.no-cgroup': 'cgroup을 읽을 수 없어 어느 컨테이너의 것인지 알 수 없습니다. 다시 스캔하세요.',
  'scan.no-status': 'status를 읽을 수 없어 사용자와 안쪽의 PID를 알 수 없습니다. 다시 스캔하세요.',
  'scan.no-mounts':
    'PID 1의 마운트를 읽을 권한이 없어, 바인드 마운트로만 유지되는 네임스페이스가 빠져 있습니다. 읽는 쪽에 hostPID와 CAP_SYS_PTRACE가 필요합니다.',
  'scan.arguments': '너무 길거나, 이 도구로는 서로 구분할 수 없는(busybox의 grep에 -z가 없는 경우) 인자를 뺐습니다.',
  'scan.threads':
    '스레드가 {most}개를 넘는 프로세스입니다. 그 가운데 자체 네임스페이스가 있는 스레드가 있는지는 살펴보지 않았습니다.',
  'scan.lacks-types': '다음 유형의 네임스페이스를 가진 프로세스가 없습니다: {types}.',
  'scan.unknown-types': '이 커널에는 여기에 표시되지 않는 네임스페이스가 있습니다: {types}.',
  'scan.malformed': '스캔에 읽을 수 없는 줄이 있어 뺐습니다.',

  'scan.first-unread': 'PID 1을 읽을 수 없음',
  'scan.first-missing': 'PID 1이 프로세스 목록에 없음',
  'scan.baseline-lent':
    '{cause}: 노드 자신의 네임스페이스({types})는 커널 스레드 kthreadd(PID 2)의 것으로 봅니다. 이 스레드는 항상 기계가 시작될 때의 네임스페이스에 있습니다. PID 1이 스스로 다른 것을 만들었다면 그것은 알 수 없습니다.',
  'scan.baseline-unreadable':
    '노드 자신의 네임스페이스({types})를 알 수 없습니다: {cause}. 어느 것이 노드의 것인지는 정하지 않습니다. 읽는 쪽에 CAP_SYS_PTRACE와 hostPID를 주세요.',

  'scan.sandbox-doubtful':
    '컨테이너 {id}: 컨테이너 상태에 없는 것 가운데 가장 오래되어 샌드박스로 보지만, 그 프로세스 {pid}번은 pause 프로세스로 알려진 것이 아닙니다.',
  'scan.unnamed':
    '컨테이너 {id}(프로세스 {pid}번)가 파드에서 실행 중이지만 컨테이너 상태에는 없습니다. API 서버의 정보가 늦은 것일 수 있으니 잠시 후 다시 보세요.',
  'scan.astray': '파드의 cgroup 안에 있지만 어느 컨테이너에도 속하지 않는 프로세스입니다. 그림에는 없습니다.',
}
