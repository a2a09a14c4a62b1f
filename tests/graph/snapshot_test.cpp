#include "liantu/graph/snapshot.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "liantu/base/files/digest.hpp"
#include "liantu/base/text/error.hpp"
#include "liantu/graph/builder.hpp"
#include "support/sketch.hpp"
#include "support/snapshot_repair.hpp"
#include "support/walk.hpp"

namespace liantu {
namespace {

using test::find_entry;
using test::full_graph;
using test::load;
using test::random_graph;
using test::repair_snapshot;
using test::sketch;
using test::store;
using test::walk;

EnterpriseGraph read(const std::string& bytes, Verify verify = Verify::Full) {
  return read_snapshot_bytes(std::as_bytes(std::span(bytes)), "a.liantu", verify);
}

/// Message of the InvalidData that reading throws; empty when it throws nothing.
Text refusal(const std::string& bytes, Verify verify = Verify::Full) {
  try {
    static_cast<void>(read(bytes, verify));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidData);
    return error.message();
  }
  return {};
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Snapshot, ReadsBackWhatWasWritten) {
  std::vector<EnterpriseGraph> graphs = {EnterpriseGraph(), full_graph(), sketch("甲")};
  for (std::uint64_t seed = 0; seed < 30; ++seed) graphs.push_back(random_graph(seed));
  for (const EnterpriseGraph& graph : graphs) {
    const std::string bytes = snapshot_bytes(graph);
    for (const Verify verify : {Verify::Full, Verify::Structure}) {
      const EnterpriseGraph again = read(bytes, verify);
      EXPECT_EQ(walk(again), walk(graph));
      EXPECT_EQ(snapshot_bytes(again), bytes);
    }
  }
}

TEST(Snapshot, IsTheSameForTheSameGraphWhateverWasReplacedOnTheWay) {
  GraphBuilder straight;
  straight.set(straight.add(EntityKind::Firm, "甲"), EntityText::Scope, "生产电池");
  GraphBuilder crooked;
  const EntityRef firm = crooked.add(EntityKind::Firm, "甲");
  crooked.set(firm, EntityText::Address, "重庆");
  crooked.set(firm, EntityText::Address, "");
  crooked.set(firm, EntityText::Scope, "销售电池");
  crooked.set(firm, EntityText::Scope, "生产电池");
  EXPECT_EQ(snapshot_bytes(straight.build()), snapshot_bytes(crooked.build()));
  EXPECT_EQ(snapshot_bytes(EnterpriseGraph()), snapshot_bytes(GraphBuilder().build()));
}

TEST(Snapshot, HasTheLayoutOfItsDescription) {
  const std::string bytes = snapshot_bytes(sketch("甲"));
  EXPECT_EQ(bytes.substr(0, 8), "LIANTU\r\n");
  EXPECT_EQ(load<std::uint32_t>(bytes, 8), 2U);
  EXPECT_EQ(load<std::uint32_t>(bytes, 12), 0x01020304U);
  EXPECT_EQ(load<std::uint64_t>(bytes, 24), bytes.size());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < test::section_count(bytes); ++i) {
    const std::size_t entry = 64 + 64 * i;
    names.emplace_back(bytes.data() + entry + 32);
    EXPECT_EQ(load<std::uint64_t>(bytes, entry + 8) % 64, 0U);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"entities", "strings.offsets", "strings.bytes",
                                             "sources", "firm.name", "firm.provenance"}));
  std::string repaired = bytes;
  repair_snapshot(repaired);
  EXPECT_EQ(repaired, bytes);
}

TEST(Snapshot, PartsAreItsSectionsAndAddUpToTheFile) {
  std::vector<EnterpriseGraph> graphs = {EnterpriseGraph(), full_graph(), sketch("甲")};
  for (std::uint64_t seed = 0; seed < 5; ++seed) graphs.push_back(random_graph(seed));
  for (const EnterpriseGraph& graph : graphs) {
    const std::string bytes = snapshot_bytes(graph);
    std::vector<SnapshotPart> expected = {{"header", 0, bytes.size()}};
    for (std::size_t i = 0; i < test::section_count(bytes); ++i) {
      const std::size_t entry = 64 + 64 * i;
      const auto size = load<std::uint64_t>(bytes, entry + 16);
      expected.push_back(
          {bytes.data() + entry + 32, size / load<std::uint32_t>(bytes, entry + 4), size});
      expected.front().bytes -= size;
    }
    EXPECT_EQ(snapshot_parts(graph), expected);
  }
}

TEST(Snapshot, IsWrittenToAFileAndReadFromIt) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("liantu_snapshot_" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const EnterpriseGraph graph = full_graph();
  write_snapshot(graph, folder / "a.liantu", Overwrite::No);
  EXPECT_EQ(walk(read_snapshot(folder / "a.liantu")), walk(graph));
  const auto code_of = [](const auto& call) {
    try {
      call();
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::Cancelled;
  };
  EXPECT_EQ(code_of([&] { write_snapshot(graph, folder / "a.liantu", Overwrite::No); }),
            ErrorCode::Io);
  EXPECT_EQ(code_of([&] { static_cast<void>(read_snapshot(folder / "b.liantu")); }), ErrorCode::Io);
  std::filesystem::remove_all(folder);
}

TEST(Snapshot, ItsDigestIsThatOfTheBytesReadWhateverBecameOfTheFile) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("liantu_digest_" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const std::string bytes = snapshot_bytes(full_graph());
  write_snapshot(full_graph(), folder / "a.liantu", Overwrite::No);
  const EnterpriseGraph graph = read_snapshot(folder / "a.liantu");
  write_snapshot(random_graph(3), folder / "a.liantu", Overwrite::Yes);
  EXPECT_EQ(snapshot_digest(graph), digest(bytes));
  EXPECT_EQ(snapshot_digest(full_graph()), "") << "a graph that was built was read from nothing";
  std::filesystem::remove_all(folder);
}

TEST(Snapshot, ReplacingTheFileDoesNotDisturbWhoHasItOpen) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("liantu_replaced_" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const EnterpriseGraph before = full_graph();
  const EnterpriseGraph after = random_graph(3);
  write_snapshot(before, folder / "a.liantu", Overwrite::No);
  const EnterpriseGraph open = read_snapshot(folder / "a.liantu", Verify::Structure);
  write_snapshot(after, folder / "a.liantu", Overwrite::Yes);
  EXPECT_EQ(walk(open), walk(before));
  EXPECT_EQ(walk(read_snapshot(folder / "a.liantu")), walk(after));
  // A graph may be written to the very file it is mapped from.
  const EnterpriseGraph mapped = read_snapshot(folder / "a.liantu");
  write_snapshot(mapped, folder / "a.liantu", Overwrite::Yes);
  EXPECT_EQ(walk(read_snapshot(folder / "a.liantu")), walk(after));
  std::filesystem::remove_all(folder);
}

TEST(Snapshot, AnyCutIsRefused) {
  const std::string bytes = snapshot_bytes(sketch("甲 -makes{output=1}-> 电池"));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Text message = refusal(bytes.substr(0, size));
    EXPECT_TRUE(contains(message.en, "a.liantu: header: ")) << size;
    EXPECT_TRUE(contains(message.zh, "a.liantu：文件头：")) << size;
  }
  EXPECT_TRUE(contains(refusal(bytes + '\0').en, "should have"));
}

TEST(Snapshot, AnyFlippedBitIsRefused) {
  const std::string bytes = snapshot_bytes(full_graph());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    EXPECT_FALSE(refusal(damaged).en.empty()) << at;
  }
}

TEST(Snapshot, HeaderFaultsAreNamed) {
  const std::string good = snapshot_bytes(sketch("甲"));
  EXPECT_TRUE(contains(refusal("企业名称\n").en, "this is not a graph snapshot"));
  EXPECT_TRUE(contains(refusal("PK\x03\x04 something else").en,
                       "this is a ZIP archive and not a graph snapshot"));
  std::string bytes = good;
  store<std::uint32_t>(bytes, 8, 4);
  EXPECT_TRUE(contains(refusal(bytes).en, "version 4 is newer"));
  EXPECT_TRUE(contains(refusal(bytes).zh, "请升级程序"));
  bytes = good;
  store<std::uint32_t>(bytes, 12, 0x04030201);
  EXPECT_TRUE(contains(refusal(bytes).en, "another byte order"));
  bytes = good;
  store<std::uint32_t>(bytes, 12, 7);
  EXPECT_TRUE(contains(refusal(bytes).en, "byte order mark is damaged"));
  bytes = good;
  store<std::uint32_t>(bytes, 16, 1000);
  EXPECT_TRUE(contains(refusal(bytes).en, "section table is cut short"));
  bytes = good;
  store<std::uint32_t>(bytes, 20, 1);
  repair_snapshot(bytes);
  EXPECT_TRUE(contains(refusal(bytes).en, "damaged"));
  bytes = good;
  bytes[70] ^= 1;
  EXPECT_TRUE(contains(refusal(bytes, Verify::Structure).en, "section table is damaged"));
}

/// A change of one value in an entry of the section table.
struct EntryFault {
  const char* section;
  std::size_t field;  ///< byte within the entry
  std::uint64_t add;
  const char* says;
};

TEST(Snapshot, FaultsOfTheSectionTableAreNamedInBothDepths) {
  const std::string good = snapshot_bytes(full_graph());
  const std::vector<EntryFault> faults = {
      {"firm.name", 8, 32, "section firm.name: offset"},
      {"firm.name", 8, std::uint64_t(0) - 64, "section firm.name: it overlaps"},
      {"firm.name", 8, std::uint64_t(1) << 40, "section firm.name: it reaches beyond"},
      {"firm.name", 16, std::uint64_t(1) << 40, "section firm.name: it reaches beyond"},
      {"firm.name", 16, std::uint64_t(0) - 1, "section firm.name: size 11"},
      {"firm.name", 16, std::uint64_t(0) - 4, "section firm.name: 2 elements instead of 3"},
      {"firm.name", 16, std::uint64_t(0) - 12, "section firm.name: size 0"},
      {"firm.name", 32, 1, "section firm.name: its name does not fit"},
      {"conflicts", 8, std::uint64_t(0) - (std::uint64_t(1) << 12), "conflicts: it overlaps"},
      {"supplies.segment", 16, std::uint64_t(0) - 4, "supplies.segment: 2 elements instead of 3"},
  };
  for (const EntryFault& fault : faults) {
    std::string bytes = good;
    const auto entry = find_entry(bytes, fault.section);
    ASSERT_TRUE(entry) << fault.section;
    const std::size_t at = *entry + fault.field;
    store<std::uint64_t>(bytes, at, load<std::uint64_t>(bytes, at) + fault.add);
    repair_snapshot(bytes);
    for (const Verify verify : {Verify::Full, Verify::Structure}) {
      EXPECT_TRUE(contains(refusal(bytes, verify).en, fault.says))
          << fault.says << " | " << refusal(bytes, verify).en;
    }
  }
}

/// Names of all sections in their order, with where their entries stand.
std::vector<std::pair<std::string, std::size_t>> entries(const std::string& bytes) {
  std::vector<std::pair<std::string, std::size_t>> result;
  for (std::size_t i = 0; i < test::section_count(bytes); ++i) {
    const std::size_t entry = 64 + 64 * i;
    result.emplace_back(bytes.data() + entry + 32, entry);
  }
  return result;
}

TEST(Snapshot, AFlippedBitIsBlamedOnItsSection) {
  const std::string good = snapshot_bytes(full_graph());
  for (const auto& [name, entry] : entries(good)) {
    const auto offset = load<std::uint64_t>(good, entry + 8);
    const auto size = load<std::uint64_t>(good, entry + 16);
    for (const std::uint64_t at : {std::uint64_t{0}, size / 2, size - 1}) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string bytes = good;
        bytes[offset + at] = static_cast<char>(bytes[offset + at] ^ 1 << bit);
        // The number of entities says how long columns must be, so a wrong one shows there first.
        const std::string says =
            name == "entities" ? "section " : "section " + name + ": the checksum does not fit";
        EXPECT_TRUE(contains(refusal(bytes).en, "a.liantu: " + says))
            << name << ' ' << at << ' ' << bit << ' ' << refusal(bytes).en;
      }
    }
  }
}

TEST(Snapshot, ACutIsRefusedAtEverySectionBoundary) {
  const std::string good = snapshot_bytes(full_graph());
  for (const auto& [name, entry] : entries(good)) {
    const auto offset = load<std::uint64_t>(good, entry + 8);
    const auto size = load<std::uint64_t>(good, entry + 16);
    for (const std::uint64_t at : {offset, offset + size - 1, offset + size}) {
      if (at == good.size()) continue;
      std::string bytes = good.substr(0, at);
      for (const Verify verify : {Verify::Full, Verify::Structure}) {
        EXPECT_TRUE(contains(refusal(bytes, verify).en,
                             "header: the file has " + std::to_string(at) + " bytes and should"))
            << name;
      }
      // A header that agrees with the cut: the first section that is not whole is named.
      if (at == offset + size) continue;
      repair_snapshot(bytes);
      for (const Verify verify : {Verify::Full, Verify::Structure}) {
        EXPECT_TRUE(contains(refusal(bytes, verify).en,
                             "section " + name + ": it reaches beyond the end of the file"))
            << name << ' ' << at << ' ' << refusal(bytes, verify).en;
      }
    }
  }
}

TEST(Snapshot, AbsurdAndOverlappingPlacesAreBlamedOnTheirSection) {
  const std::string good = snapshot_bytes(full_graph());
  constexpr std::size_t kOffset = 8;
  constexpr std::size_t kSize = 16;
  std::uint64_t before = 0;  // where the section before starts
  for (const auto& [name, entry] : entries(good)) {
    const auto offset = load<std::uint64_t>(good, entry + kOffset);
    const auto element = load<std::uint32_t>(good, entry + 4);
    const std::uint64_t largest = std::uint64_t(0) - 64;
    struct Fault {
      std::size_t field;
      std::uint64_t value;
      std::string says;
    };
    const std::vector<Fault> faults = {
        {kSize, 0, "size 0 is not a multiple"},
        {kSize, largest / element * element, "it reaches beyond the end"},
        {kSize, (good.size() - offset) / element * element + element, "it reaches beyond the end"},
        {kOffset, largest, "it reaches beyond the end"},
        {kOffset, good.size(), "it reaches beyond the end"},
        {kOffset, offset + 1, "is not aligned"},
        {kOffset, before, "it overlaps what stands before it"},
        {kOffset, 0, "it overlaps what stands before it"},
    };
    for (const Fault& fault : faults) {
      std::string bytes = good;
      store<std::uint64_t>(bytes, entry + fault.field, fault.value);
      repair_snapshot(bytes);
      for (const Verify verify : {Verify::Full, Verify::Structure}) {
        const Text message = refusal(bytes, verify);
        EXPECT_TRUE(contains(message.en, "a.liantu: section " + name + ": ") &&
                    contains(message.en, fault.says) &&
                    contains(message.zh, "a.liantu：" + name + " 段："))
            << name << ' ' << fault.says << ": " << message.en;
      }
    }
    before = offset;
  }
}

TEST(Snapshot, AFileOfTheOtherByteOrderIsRefusedWhateverElseItHolds) {
  std::string bytes = snapshot_bytes(full_graph());
  const auto swap = [&](std::size_t at, std::size_t width) {
    std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                 bytes.begin() + static_cast<std::ptrdiff_t>(at + width));
  };
  for (const auto& [name, entry] : entries(bytes)) {
    swap(entry, 4);
    swap(entry + 4, 4);
    for (const std::size_t at : {8, 16, 24}) swap(entry + at, 8);
  }
  for (const std::size_t at : {8, 12, 16, 20}) swap(at, 4);
  for (const std::size_t at : {24, 32}) swap(at, 8);
  for (const Verify verify : {Verify::Full, Verify::Structure}) {
    EXPECT_EQ(refusal(bytes, verify),
              (Text{"a.liantu: header: written on a machine with another byte order; build the "
                    "graph again from its tables",
                    "a.liantu：文件头：由字节序不同的机器写成；请用原始表格重新建图"}));
  }
}

TEST(Snapshot, ANewerVersionIsRefusedWhateverElseItHolds) {
  std::string bytes = snapshot_bytes(full_graph());
  store<std::uint32_t>(bytes, 8, 7);
  for (std::size_t at = 16; at < bytes.size(); ++at) bytes[at] = 'x';
  for (const Verify verify : {Verify::Full, Verify::Structure}) {
    EXPECT_EQ(refusal(bytes, verify),
              (Text{"a.liantu: header: version 7 is newer than this program, which reads version "
                    "3; use a newer program",
                    "a.liantu：文件头：版本 7 比本程序能读的版本 3 新；请升级程序"}));
  }
}

TEST(Snapshot, ElementSizesAndKindsAreChecked) {
  const std::string good = snapshot_bytes(full_graph());
  std::string bytes = good;
  store<std::uint32_t>(bytes, *find_entry(bytes, "firm.name") + 4, 8);
  repair_snapshot(bytes);
  EXPECT_TRUE(contains(refusal(bytes).en, "section firm.name: element size 8 instead of 4"));
  // An unknown kind where an optional section was; the next known section is then missing.
  bytes = good;
  store<std::uint32_t>(bytes, *find_entry(bytes, "firm.text.scope"), 0x10FF);
  repair_snapshot(bytes);
  EXPECT_NE(refusal(bytes), Text{});
  bytes = good;
  store<std::uint32_t>(bytes, *find_entry(bytes, "conflicts"), 0x4000);
  repair_snapshot(bytes);
  EXPECT_TRUE(contains(refusal(bytes).en, "is of an unknown kind or out of order"));
  bytes = good;
  store<std::uint32_t>(bytes, 16, load<std::uint32_t>(bytes, 16) - 2);
  repair_snapshot(bytes);
  EXPECT_TRUE(contains(refusal(bytes).en, "should be padding"));
  bytes = good;
  store<std::uint32_t>(bytes, *find_entry(bytes, "covers.offsets"), 0x3003);
  repair_snapshot(bytes);
  EXPECT_TRUE(contains(refusal(bytes).en, "section covers.offsets: 0 elements instead of 3"));
}

TEST(Snapshot, DamagedContentIsNamedBySectionOnlyWhenVerifiedFully) {
  std::string bytes = snapshot_bytes(full_graph());
  const auto offset = load<std::uint64_t>(bytes, *find_entry(bytes, "firm.number.tax") + 8);
  bytes[offset] ^= 1;
  EXPECT_EQ(refusal(bytes),
            (Text{"a.liantu: section firm.number.tax: the checksum does not fit: the section is "
                  "damaged; build the graph again from its tables",
                  "a.liantu：firm.number.tax 段：校验和不符，内容已损坏；请用原始表格重新建图"}));
  EXPECT_EQ(refusal(bytes, Verify::Structure), Text{});
}

}  // namespace
}  // namespace liantu
