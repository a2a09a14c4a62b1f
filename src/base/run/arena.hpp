#pragma once

#include <tbb/task_arena.h>

#include "base/run/parallel.hpp"

namespace liantu {

/// Calls work() in an arena; where it has no place for the calling thread, one of its own threads does.
/// @throws What work() throws; Error{LimitReached} if no thread can be started.
template <typename Work>
void run_in(tbb::task_arena& arena, const Work& work) {
  const Fork fork;
  const auto task = as_task(fork, work);
  fork.begin();
  with_threads([&] { arena.execute(task); });
}

}  // namespace liantu
