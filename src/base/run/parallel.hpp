#pragma once

#include <cstddef>
#include <stdexcept>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_reduce.h>
#include <tuple>
#include <typeinfo>

// g++ says it by a macro, clang by a feature; other headers define __has_feature for g++, too.
#if defined(__SANITIZE_THREAD__)
#define LIANTU_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LIANTU_THREAD_SANITIZER 1
#endif
#endif
#ifdef LIANTU_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
/// Of what itself tells the sanitizer, and reads where to before it has.
#define LIANTU_UNWATCHED __attribute__((no_sanitize("thread")))
#else
#define LIANTU_UNWATCHED
#endif

namespace liantu {

/// Tells the thread sanitizer what oneTBB, which is not built with it, keeps from it: that all done
/// before a loop happens before its body, and all done by the body before what follows the loop.
/// The function handed to oneTBB is made between Fork and begin(), since other threads copy it.
class Fork {
 public:
  /// What one call of a body is wrapped in.
  class Task {
   public:
    explicit Task(const Fork& fork) : fork_(fork) { take(fork_.begun_); }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    ~Task() { give(fork_.ended_); }

   private:
    const Fork& fork_;
  };
  /// As a Task, for what looks at the results of other tasks.
  class Join {
   public:
    explicit Join(const Fork& fork) : fork_(fork) {
      take(fork_.begun_);
      take(fork_.ended_);
    }
    Join(const Join&) = delete;
    Join& operator=(const Join&) = delete;
    ~Join() { give(fork_.ended_); }

   private:
    const Fork& fork_;
  };

  Fork() = default;
  Fork(const Fork&) = delete;
  Fork& operator=(const Fork&) = delete;
  ~Fork() { take(ended_); }
  /// What was done so far happens before every Task and Join.
  void begin() const { give(begun_); }

 private:
#ifdef LIANTU_THREAD_SANITIZER
  static void give(char& at) { __tsan_release(&at); }
  static void take(char& at) { __tsan_acquire(&at); }
  mutable char begun_ = 0;
  mutable char ended_ = 0;
#else
  struct Nothing {};
  static void give(Nothing) {}
  static void take(Nothing) {}
  static constexpr Nothing begun_{};
  static constexpr Nothing ended_{};
#endif
};

/// @throws Error{LimitReached}, which says what to do.
[[noreturn]] void throw_no_thread();

/// Calls work(). What oneTBB throws when the system starts no further thread becomes an Error; it
/// is the only plain std::runtime_error here.
template <typename Work>
decltype(auto) with_threads(const Work& work) {
  try {
    return work();
  } catch (const std::runtime_error& error) {
    if (typeid(error) == typeid(std::runtime_error)) throw_no_thread();
    throw;
  }
}

/// Calls body(i) for every i below `count`, on all threads of the arena that it is called in.
/// @throws What a body throws; others may then not be called. Error{LimitReached} if no thread can
///         be started, as all below.
template <typename Body>
void parallel_for(std::size_t count, const Body& body) {
  const Fork fork;
  const auto one = [&fork, &body](std::size_t i) LIANTU_UNWATCHED {
    const Fork::Task task(fork);
    body(i);
  };
  fork.begin();
  with_threads([&] { tbb::parallel_for(std::size_t{0}, count, one); });
}

/// Calls body(first, last) for parts of 0 … `count` that together are all of it; parts longer than
/// `grain` are halved as long as threads are free.
template <typename Body>
void parallel_for_parts(std::size_t count, std::size_t grain, const Body& body) {
  const Fork fork;
  const auto one = [&fork, &body](const tbb::blocked_range<std::size_t>& part) LIANTU_UNWATCHED {
    const Fork::Task task(fork);
    body(part.begin(), part.end());
  };
  fork.begin();
  with_threads([&] { tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain), one); });
}

/// Joins what body(first, last, so_far) returns for parts of 0 … `count`; where parts end depends
/// on the threads, so that the same result needs a `join` without rounding.
template <typename T, typename Body, typename Join>
[[nodiscard]] T parallel_reduce(std::size_t count, std::size_t grain, const T& identity,
                                const Body& body, const Join& join) {
  const Fork fork;
  const auto one = [&fork, &body](const tbb::blocked_range<std::size_t>& part, const T& so_far)
                       LIANTU_UNWATCHED {
                         const Fork::Task task(fork);
                         return body(part.begin(), part.end(), so_far);
                       };
  const auto two = [&fork, &join](const T& a, const T& b) LIANTU_UNWATCHED {
    const Fork::Join looks(fork);
    return join(a, b);
  };
  fork.begin();
  return with_threads([&] {
    return tbb::parallel_reduce(tbb::blocked_range<std::size_t>(0, count, grain), identity, one,
                                two);
  });
}

/// A copyable call of body() within a Task of `fork`.
template <typename Body>
[[nodiscard]] auto as_task(const Fork& fork, const Body& body) {
  return [&fork, &body]() LIANTU_UNWATCHED {
    const Fork::Task task(fork);
    body();
  };
}

/// Calls all bodies, at the same time where threads are free.
template <typename... Bodies>
void parallel_invoke(const Bodies&... bodies) {
  const Fork fork;
  const std::tuple all{as_task(fork, bodies)...};
  fork.begin();
  with_threads([&] { std::apply([](const auto&... one) { tbb::parallel_invoke(one...); }, all); });
}

}  // namespace liantu

#undef LIANTU_UNWATCHED
