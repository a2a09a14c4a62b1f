#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/task_arena.h>

#include "base/run/arena.hpp"
#include "base/run/parallel.hpp"
#include "base/run/stopping.hpp"
#include "prospects/firms/stopped.hpp"
#include "prospects/score/assessor.hpp"

namespace liantu {

/// The threads of one call of ProspectRanker::rank(), each with a scratch of its own.
class RankingThreads {
 public:
  /// Both are kept by reference.
  RankingThreads(tbb::task_arena& arena, const ProspectOptions& options)
      : arena_(arena), options_(options) {}

  /// Of the calling thread.
  [[nodiscard]] Assessor::Scratch& scratch() { return scratches_.local(); }
  /// @throws Error{Cancelled} where the call is asked to end early.
  void look() const { check_stop(options_.stop, kRankingStopped); }
  void run(const auto& work) { run_in(arena_, work); }
  /// Calls `body(i, scratch)` for every i below `count` on the arena's threads, so many at once. Progress
  /// is told of a stage that has a name.
  template <typename Body>
  void for_each(std::string_view stage, std::size_t count, std::size_t at_once, const Body& body) {
    constexpr std::size_t kBetweenNews = 16384;
    for (std::size_t first = 0; first < count; first += kBetweenNews) {
      const std::size_t some = std::min(kBetweenNews, count - first);
      const auto part = [&](std::size_t begin, std::size_t end) {
        Assessor::Scratch& scratch = this->scratch();
        for (std::size_t i = begin; i < end; ++i) {
          if ((i - begin) % at_once == 0) look();
          body(first + i, scratch);
        }
      };
      if (some <= at_once) {
        part(0, some);
      } else {
        run_in(arena_, [&] { parallel_for_parts(some, at_once, part); });
      }
      if (options_.progress && !stage.empty()) options_.progress(stage, first + some, count);
    }
  }

 private:
  tbb::task_arena& arena_;
  const ProspectOptions& options_;
  tbb::enumerable_thread_specific<Assessor::Scratch> scratches_;
};

}  // namespace liantu
