#include "graph/verify.hpp"

#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/text/error.hpp"
#include "liantu/graph/snapshot.hpp"
#include "support/sketch.hpp"
#include "support/snapshot_repair.hpp"

namespace liantu {
namespace {

using test::find_entry;
using test::full_graph;
using test::load;
using test::repair_snapshot;

/// Message of the InvalidData that reading throws; empty when it throws nothing.
Text refusal(const std::string& bytes) {
  try {
    static_cast<void>(read_snapshot_bytes(std::as_bytes(std::span(bytes)), "a.liantu"));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    return error.message();
  }
  return {};
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// A value that no builder would have written, behind correct checksums.
struct ContentFault {
  const char* section;
  std::size_t byte;  ///< within the section
  std::size_t width;
  std::uint64_t value;
};

std::uint64_t bits(double value) {
  std::uint64_t result = 0;
  std::memcpy(&result, &value, sizeof value);
  return result;
}

TEST(Verify, EveryValueOutOfRangeIsNamedBySection) {
  const std::string good = snapshot_bytes(full_graph());
  const std::uint64_t infinity = bits(std::numeric_limits<double>::infinity());
  // Entities: firms 甲 丙 乙 0–2, segments 电池 隔膜 材料 基膜 3–6, 张三 7, 商会 8, 办 9, 地块 10.
  const std::vector<ContentFault> faults = {
      {"entities", 0, 4, 0xFFFF'FFFF},
      {"strings.offsets", 0, 8, 1},
      {"strings.offsets", 8, 8, 1},
      {"strings.offsets", 16, 8, 0},
      {"strings.offsets", 16, 8, 1},  // inside 甲
      {"strings.offsets", 24, 8, 1U << 20},
      {"strings.bytes", 0, 1, 0xFF},
      {"sources", 0, 4, 1},
      {"sources", 12, 4, 1000},
      {"firm.name", 0, 4, 0},
      {"firm.name", 4, 4, 1000},
      {"firm.provenance", 4, 2, 9},     // source
      {"firm.provenance", 7, 1, 0xFF},  // unused bits
      {"firm.provenance", 8, 8, std::uint64_t(1) << 63},
      {"firm.provenance", 8, 8, 1},  // a day without a year
      {"firm.region", 0, 4, 1000000},
      {"firm.region.basis", 0, 1, 4},
      {"firm.founded", 0, 4, 1U << 21},
      {"firm.founded", 0, 4, 31},
      {"firm.anchor", 0, 1, 2},
      {"firm.text.scope", 0, 4, 1000},
      {"firm.number.tax", 0, 8, bits(-1)},
      {"firm.number.tax", 0, 8, infinity},
      {"firm.basis.tax", 0, 1, 4},
      {"supplies.out.targets", 0, 4, 0},  // itself
      {"supplies.out.targets", 0, 4, 2},  // 1 follows
      {"supplies.out.targets", 8, 4, 3},  // a segment
      {"supplies.out.targets", 8, 4, 0xFFFF'FFFF},
      {"supplies.out.offsets", 0, 8, 1},
      {"supplies.out.offsets", 8, 8, 100},
      {"supplies.out.offsets", 8, 8, 1},
      {"supplies.out.offsets", 24, 8, 2},
      {"supplies.in.sources", 0, 4, 2},
      {"supplies.in.sources", 0, 4, 0xFFFF'FFFF},
      {"supplies.in.offsets", 8, 8, 100},
      {"supplies.in.offsets", 16, 8, 0},
      {"supplies.in.edges", 0, 4, 2},
      {"supplies.in.edges", 0, 4, 0xFFFF'FFFF},
      {"supplies.provenance", 4, 2, 9},
      {"supplies.segment", 0, 4, 4},
      {"supplies.number.share", 8, 8, bits(1.5)},
      {"supplies.number.amount", 8, 8, bits(-1)},
      {"requires.number.substitution", 0, 8, bits(2)},
      {"serves.detail", 0, 4, 1000},
      {"part_of.out.targets", 0, 4, 6},  // 隔膜 → 基膜 → 隔膜
      {"owns.out.offsets", 8, 8, 0},     // a segment that owns
      {"covers.regions", 0, 4, 0},
      {"covers.regions", 0, 4, 500107},
      {"covers.regions", 0, 4, 1000000},
      {"covers.offsets", 8, 8, 100},
      {"conflicts", 0, 1, 10},
      {"conflicts", 1, 1, 4},
      {"conflicts", 2, 1, 1},
      {"conflicts", 4, 4, 3},
      {"conflicts", 8, 8, infinity},
      {"conflicts", 20, 2, 9},
  };
  for (const ContentFault& fault : faults) {
    std::string bytes = good;
    const auto entry = find_entry(bytes, fault.section);
    ASSERT_TRUE(entry) << fault.section;
    ASSERT_LE(fault.byte + fault.width, load<std::uint64_t>(bytes, *entry + 16)) << fault.section;
    std::memcpy(bytes.data() + load<std::uint64_t>(bytes, *entry + 8) + fault.byte, &fault.value,
                fault.width);
    repair_snapshot(bytes);
    const Text message = refusal(bytes);
    const std::string relation(fault.section, std::strcspn(fault.section, "."));
    EXPECT_TRUE(contains(message.en, "a.liantu: section " + relation) &&
                contains(message.zh, "a.liantu：" + relation))
        << fault.section << ' ' << fault.byte << ' ' << fault.value << ": " << message.en;
  }
}

TEST(Verify, RejectingASectionNamesFileAndSection) {
  try {
    detail::reject_section("a.liantu", "firm.name", "it is wrong", "有误");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    EXPECT_EQ(
        error.message(),
        (Text{"a.liantu: section firm.name: it is wrong; build the graph again from its tables",
              "a.liantu：firm.name 段：有误；请用原始表格重新建图"}));
  }
}

}  // namespace
}  // namespace liantu
