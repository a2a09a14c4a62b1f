#pragma once

#include <sys/types.h>

#include "liantu/base/text/text.hpp"

namespace liantu::cli {

/// Lets the rest of a run happen in a process of its own, because libraries of others that it uses
/// end their process where memory is refused. The process that was there stays behind, passes
/// signals on and ends as the other does; where that one was ended from within, it says so.
class OwnProcess {
 public:
  /// Returns in the new process alone, or in this one where there can be no other. No thread may
  /// have been started yet.
  /// @param language  Of the words said when the other was ended from within.
  explicit OwnProcess(Language language);
  OwnProcess(const OwnProcess&) = delete;
  OwnProcess& operator=(const OwnProcess&) = delete;
  /// The run has ended by itself, with whatever exit code.
  ~OwnProcess();

 private:
  int ended_ = -1;  // a pipe to who waits; written to when the run has ended by itself
};

}  // namespace liantu::cli
