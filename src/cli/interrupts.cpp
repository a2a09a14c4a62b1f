#include "cli/interrupts.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <pthread.h>

#include "cli/command.hpp"
#include "cli/streams.hpp"

namespace liantu::cli {
namespace {

constexpr std::chrono::milliseconds kMostWork{50};
constexpr std::chrono::seconds kLongestWait{3};

// What all threads of the program have worked so far.
std::chrono::nanoseconds work() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

}  // namespace

Interrupts::Interrupts(Language language) : language_(language) {
  sigemptyset(&set_);
  sigaddset(&set_, SIGINT);
  sigaddset(&set_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  waiter_ = std::thread([this] { wait(); });
}

Interrupts::~Interrupts() {
  done_ = true;
  // The waiter has the signal blocked and takes it from sigwait(): it wakes, and nothing ends.
  pthread_kill(waiter_.native_handle(), SIGTERM);  // NOLINT(bugprone-bad-signal-to-kill-thread)
  waiter_.join();
}

void Interrupts::wait() {
  int signal = 0;
  while (sigwait(&set_, &signal) == 0) {
    if (done_) return;
    if (!source_.request_stop()) std::_Exit(static_cast<int>(Exit::Interrupted));
    end_soon();
    if (done_) return;
  }
}

// Returns once the work has ended by itself.
void Interrupts::end_soon() {
  const auto began = std::chrono::steady_clock::now();
  const auto worked = work();
  constexpr timespec kLook{0, 10'000'000};
  while (!done_) {
    if (sigtimedwait(&set_, nullptr, &kLook) > 0) {
      if (done_) return;
      std::_Exit(static_cast<int>(Exit::Interrupted));
    }
    if (work() - worked < kMostWork && std::chrono::steady_clock::now() - began < kLongestWait) {
      continue;
    }
    const std::unique_lock unheld(outside_, std::try_to_lock);
    if (!unheld || done_) continue;
    say(language_ == Language::Zh ? "liantu：运行被中断\n" : "liantu: the run was interrupted\n");
    std::_Exit(static_cast<int>(Exit::Interrupted));
  }
}

}  // namespace liantu::cli
