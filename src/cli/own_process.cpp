#include "cli/own_process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <pthread.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/streams.hpp"

namespace liantu::cli {
namespace {

[[noreturn]] void end(Exit exit) { std::_Exit(static_cast<int>(exit)); }

// Ends as a signal ends a process that does not listen to it.
[[noreturn]] void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, nullptr);
  ::raise(signal);
  end(Exit::Interrupted);
}

// Waits for the worker, passing on what this process alone is asked: what is typed on a terminal
// reaches both.
int wait_for(pid_t worker, const sigset_t& heard) {
  for (;;) {
    siginfo_t what{};
    const int signal = sigwaitinfo(&heard, &what);
    if (signal == SIGINT || signal == SIGTERM) {
      if (what.si_code != SI_KERNEL) ::kill(worker, signal);
      continue;
    }
    int state = 0;
    if (::waitpid(worker, &state, WNOHANG) == worker) return state;
  }
}

bool ended_by_itself(int pipe) {
  char byte = 0;
  ssize_t got = 0;
  do {
    got = ::read(pipe, &byte, 1);
  } while (got < 0 && errno == EINTR);
  return got == 1;
}

[[noreturn]] void end_as(int state, bool by_itself, Language language) {
  const bool zh = language == Language::Zh;
  if (WIFSIGNALED(state)) {
    const int signal = WTERMSIG(state);
    if (signal == SIGINT || signal == SIGTERM) end_by(signal);
    if (signal != SIGABRT && signal != SIGKILL) {
      say(zh ? "liantu：内部错误，请报告：所用的库崩溃\n"
             : "liantu: internal fault, please report it: a library that it uses crashed\n");
      end(Exit::Internal);
    }
  } else if (by_itself || WEXITSTATUS(state) == static_cast<int>(Exit::Interrupted)) {
    std::_Exit(WEXITSTATUS(state));
  }
  say(zh ? "liantu：训练所用的库申请不到内存，运行已终止；请减少输入、调高内存限额（ulimit -v）"
           "或换用内存更大的机器\n"
         : "liantu: the library that trains got no more memory and ended the run; give less input, "
           "raise the limit of memory (ulimit -v) or use a machine with more\n");
  end(Exit::Limit);
}

}  // namespace

OwnProcess::OwnProcess(Language language) {
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) return;
  std::signal(SIGCHLD, SIG_DFL);  // one that is ignored is never heard
  sigset_t heard;
  sigset_t before;
  sigemptyset(&heard);
  for (const int signal : {SIGINT, SIGTERM, SIGCHLD}) sigaddset(&heard, signal);
  pthread_sigmask(SIG_BLOCK, &heard, &before);
  const pid_t waiter = ::getpid();
  const pid_t worker = ::fork();
  if (worker > 0) {
    ::close(pipe[1]);
    const int state = wait_for(worker, heard);
    end_as(state, ended_by_itself(pipe[0]), language);
  }
  ::close(pipe[0]);
  if (worker < 0) {
    ::close(pipe[1]);
  } else {
    ended_ = pipe[1];
    // Who ends the waiter means the run.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != waiter) end(Exit::Interrupted);
  }
  // What asks to stop waits for Interrupts to hear it.
  for (const int signal : {SIGINT, SIGTERM}) sigaddset(&before, signal);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

OwnProcess::~OwnProcess() {
  if (ended_ < 0) return;
  while (::write(ended_, "", 1) < 0 && errno == EINTR) {
  }
  ::close(ended_);
}

}  // namespace liantu::cli
