#pragma once

#include <atomic>
#include <csignal>
#include <mutex>
#include <stop_token>
#include <thread>

#include "liantu/base/text/text.hpp"

namespace liantu::cli {

/// Turns Ctrl-C into a request to stop: work ends at its next safe point, says what was interrupted
/// and leaves nothing half-written. What has not ended after a twentieth of a second of work, such as
/// a library of others that is not asked to stop or the freeing of much memory, is ended, unless
/// something of the run stands outside its memory. A second signal ends the program at once.
class Interrupts {
 public:
  /// @param language  Of the words said when work is ended.
  explicit Interrupts(Language language);
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;
  ~Interrupts();

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

  /// While it is held, a first signal ends nothing: a temporary file or another program would be
  /// left behind.
  [[nodiscard]] std::unique_lock<std::mutex> hold() { return std::unique_lock(outside_); }

 private:
  void wait();
  void end_soon();

  Language language_;
  sigset_t set_{};
  std::stop_source source_;
  std::mutex outside_;
  std::atomic<bool> done_{false};
  std::thread waiter_;
};

}  // namespace liantu::cli
