// Opens a snapshot again and again in both modes. Prints lines of tab-separated: mode, seconds,
// processor time of all threads, GB (10^9 bytes) a second. Usage: liantu_open FILE [ROUNDS]

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include <fmt/format.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/snapshot.hpp"

int main(int count, char** arguments) {
  if (count < 2 || count > 3) {
    fmt::print(stderr, "usage: liantu_open FILE [ROUNDS]\n");
    return 2;
  }
  using Clock = std::chrono::steady_clock;
  try {
    const double bytes = static_cast<double>(std::filesystem::file_size(arguments[1]));
    const int rounds = count == 3 ? std::atoi(arguments[2]) : 5;
    for (int round = 0; round < rounds; ++round) {
      for (const liantu::Verify verify : {liantu::Verify::Structure, liantu::Verify::Full}) {
        const auto start = Clock::now();
        const std::clock_t before = std::clock();
        const liantu::EnterpriseGraph graph = liantu::read_snapshot(arguments[1], verify);
        const double processor = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        fmt::print("{}\t{:.5f}\tprocessor {:.5f} s\t{:.2f} GB/s\n",
                   verify == liantu::Verify::Full ? "full" : "structure", seconds, processor,
                   bytes / seconds / 1e9);
      }
    }
  } catch (const liantu::Error& error) {
    fmt::print(stderr, "{}\n", error.message().en);
    return 3;
  }
  return 0;
}
