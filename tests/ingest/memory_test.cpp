#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <malloc.h>
#include <new>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "liantu/graph/snapshot.hpp"
#include "liantu/graph/synth.hpp"
#include "liantu/ingest/edges/edge_list.hpp"

// Counts what every `new` of this program holds, which is why it is a program of its own.
namespace {

std::atomic<std::uint64_t> live{0};
std::atomic<std::uint64_t> peak{0};

void* counted(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  const std::uint64_t now = live += ::malloc_usable_size(memory);
  std::uint64_t highest = peak;
  while (highest < now && !peak.compare_exchange_weak(highest, now)) {
  }
  return memory;
}

void release(void* memory) noexcept {
  live -= ::malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return counted(std::malloc(size == 0 ? 1 : size)); }
// What sorts take for a while.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  void* memory = std::malloc(size == 0 ? 1 : size);
  return memory == nullptr ? nullptr : counted(memory);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  // Not rounded up to the alignment: what is never written to takes no memory.
  void* memory = nullptr;
  if (::posix_memalign(&memory, static_cast<std::size_t>(alignment), size) != 0) memory = nullptr;
  return counted(memory);
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

namespace liantu {
namespace {

std::uint64_t bytes_of(const EnterpriseGraph& graph) {
  std::uint64_t bytes = 0;
  for (const SnapshotPart& part : snapshot_parts(graph)) bytes += part.bytes;
  return bytes;
}

/// Highest number of bytes held while a graph is made, as a multiple of those of the graph.
double peak_of(const std::function<EnterpriseGraph()>& make) {
  const std::uint64_t before = live;
  peak = before;
  const EnterpriseGraph graph = make();
  const std::uint64_t highest = peak - before;
  EXPECT_GE(live - before, bytes_of(graph) * 9 / 10) << "what is not counted cannot be compared";
  return static_cast<double>(highest) / static_cast<double>(bytes_of(graph));
}

/// Edges between random firms, `edges` lines.
std::string edge_list(std::uint32_t firms, std::size_t edges, std::string_view name) {
  std::mt19937 random(11);
  std::string text;
  for (std::size_t i = 0; i < edges; ++i) {
    for (const char* end : {" ", "\n"}) {
      text.append(name).append(std::to_string(random() % firms)).append(end);
    }
  }
  return text;
}

// Sizes grow by a quarter, so that one is just beyond where vectors and tables double. Small graphs
// are left out: what each thread works with weighs more than they do.
TEST(Memory, AnEdgeListOfNumbersTakesAtMostTwiceTheGraph) {
  for (std::uint32_t firms = 250'000; firms < 400'000; firms += firms / 4) {
    for (const std::size_t each : {2, 8}) {
      const std::string text = edge_list(firms, firms * each, "");
      EXPECT_LE(peak_of([&] { return parse_edge_list(text, "a.txt").graph; }), 2.0)
          << firms << " firms, " << each << " edges each";
    }
  }
}

TEST(Memory, AnEdgeListOfNamesTakesAtMostTwiceTheGraph) {
  for (std::uint32_t firms = 250'000; firms < 400'000; firms += firms / 4) {
    for (const std::size_t each : {2, 8}) {
      const std::string text = edge_list(firms, firms * each, "示例企业");
      EXPECT_LE(peak_of([&] { return parse_edge_list(text, "a.txt").graph; }), 2.0)
          << firms << " firms, " << each << " edges each";
    }
  }
}

TEST(Memory, ASyntheticCountryTakesAtMostTwiceTheGraph) {
  for (std::uint64_t relations = 200'000; relations < 500'000; relations += relations / 4) {
    SynthOptions options;
    options.relations = relations;
    EXPECT_LE(peak_of([&] { return synthesize(options); }), 2.0) << relations << " relations";
  }
}

}  // namespace
}  // namespace liantu
