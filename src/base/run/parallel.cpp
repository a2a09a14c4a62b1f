#include "base/run/parallel.hpp"

#include "liantu/base/text/error.hpp"

namespace liantu {

void throw_no_thread() {
  throw Error(ErrorCode::LimitReached,
              {"no further thread can be started; close some programs or raise the limit of "
               "processes (ulimit -u)",
               "无法再启动线程；请关闭部分程序，或调高进程数限额（ulimit -u）"});
}

}  // namespace liantu
