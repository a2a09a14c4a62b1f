#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/workbook_file.hpp"

namespace liantu::test {

/// An OLE compound file that holds streams. Small ones stand in small sectors, as [MS-CFB] wants.
inline std::string compound(const std::vector<std::pair<std::string, std::string>>& streams) {
  constexpr std::size_t kSector = 512;
  constexpr std::uint32_t kEndOfChain = 0xFFFFFFFEU;
  constexpr std::uint32_t kTableSector = 0xFFFFFFFDU;
  constexpr std::uint32_t kFree = 0xFFFFFFFFU;
  std::string body;
  std::vector<std::uint32_t> next;
  const auto add_chain = [&](std::string bytes) -> std::uint32_t {
    if (bytes.empty()) return kEndOfChain;
    bytes.resize((bytes.size() + kSector - 1) / kSector * kSector);
    const auto first = static_cast<std::uint32_t>(next.size());
    for (std::size_t at = 0; at < bytes.size(); at += kSector) {
      next.push_back(static_cast<std::uint32_t>(next.size() + 1));
    }
    next.back() = kEndOfChain;
    body += bytes;
    return first;
  };

  std::string mini;
  std::vector<std::uint32_t> next_mini;
  std::vector<std::pair<std::uint32_t, std::size_t>> starts;
  for (const auto& [name, bytes] : streams) {
    if (bytes.size() >= 4096) {
      starts.emplace_back(add_chain(bytes), bytes.size());
      continue;
    }
    const auto first = static_cast<std::uint32_t>(next_mini.size());
    std::string padded = bytes;
    padded.resize((bytes.size() + 63) / 64 * 64);
    for (std::size_t at = 0; at < padded.size(); at += 64) {
      next_mini.push_back(static_cast<std::uint32_t>(next_mini.size() + 1));
    }
    if (!padded.empty()) next_mini.back() = kEndOfChain;
    starts.emplace_back(padded.empty() ? kEndOfChain : first, bytes.size());
    mini += padded;
  }
  const std::uint32_t mini_first = add_chain(mini);
  std::string mini_table;
  for (const std::uint32_t one : next_mini) append_little(mini_table, one, 4);
  while (mini_table.size() % kSector != 0) append_little(mini_table, kFree, 4);
  const std::size_t mini_sectors = mini_table.size() / kSector;
  const std::uint32_t mini_table_first = add_chain(mini_table);

  std::string folder;
  const auto entry = [&](std::string_view name, int type, std::uint32_t first, std::size_t size) {
    std::string wide;
    for (const char c : name) {
      wide += c;
      wide += '\0';
    }
    std::string out = wide;
    out.resize(64);
    append_little(out, wide.size() + 2, 2);
    append_little(out, static_cast<std::uint64_t>(type), 1);
    out.resize(116);
    append_little(out, first, 4);
    append_little(out, size, 8);
    folder += out;
  };
  entry("Root Entry", 5, mini_first, mini.size());
  for (std::size_t i = 0; i < streams.size(); ++i) {
    entry(streams[i].first, 2, starts[i].first, starts[i].second);
  }
  const std::uint32_t folder_first = add_chain(folder);

  // The table itself stands in sectors that it names.
  std::size_t table_sectors = 1;
  while (table_sectors * 128 < next.size() + table_sectors) ++table_sectors;
  const auto table_first = static_cast<std::uint32_t>(next.size());
  for (std::size_t i = 0; i < table_sectors; ++i) next.push_back(kTableSector);
  std::string table;
  for (const std::uint32_t one : next) append_little(table, one, 4);
  while (table.size() < table_sectors * kSector) append_little(table, kFree, 4);

  std::string out("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  out.resize(24);
  append_little(out, 0x3E, 2);
  append_little(out, 3, 2);
  append_little(out, 0xFFFE, 2);
  append_little(out, 9, 2);
  append_little(out, 6, 2);
  out.resize(44);
  append_little(out, table_sectors, 4);
  append_little(out, folder_first, 4);
  append_little(out, 0, 4);
  append_little(out, 4096, 4);
  append_little(out, mini_table.empty() ? kEndOfChain : mini_table_first, 4);
  append_little(out, mini_sectors, 4);
  append_little(out, kEndOfChain, 4);
  append_little(out, 0, 4);
  for (std::size_t i = 0; i < 109; ++i) {
    append_little(out, i < table_sectors ? table_first + i : kFree, 4);
  }
  return out + body + table;
}

/// A record of an old workbook.
inline std::string record(std::uint32_t number, const std::string& content) {
  std::string out;
  append_little(out, number, 2);
  append_little(out, content.size(), 2);
  return out + content;
}

inline std::string little(std::uint64_t value, int bytes) {
  std::string out;
  append_little(out, value, bytes);
  return out;
}

/// A string of wide characters whose length takes `length_bytes`.
inline std::string wide_string(std::u16string_view text, int length_bytes) {
  std::string out = little(text.size(), length_bytes) + '\1';
  for (const char16_t unit : text) append_little(out, unit, 2);
  return out;
}

inline std::string at_cell(std::uint32_t row, std::uint32_t column, std::uint32_t format = 0) {
  return little(row, 2) + little(column, 2) + little(format, 2);
}

inline std::string label(std::uint32_t row, std::uint32_t column, std::u16string_view text) {
  return record(0x204, at_cell(row, column) + wide_string(text, 2));
}

inline std::string real(std::uint32_t row, std::uint32_t column, double value,
                        std::uint32_t format = 0) {
  return record(0x203,
                at_cell(row, column, format) + little(std::bit_cast<std::uint64_t>(value), 8));
}

/// A sheet of an old workbook: its name, whether it is hidden, its records.
struct OldSheet {
  std::u16string name;
  std::string records;
  bool hidden = false;
};

/// The stream of an old workbook.
/// @param globals  Records that stand before the sheets: formats, shared strings.
inline std::string old_stream(const std::vector<OldSheet>& sheets,
                              const std::string& globals = {}) {
  const auto begin = [](int type) {
    return record(0x809,
                  little(0x600, 2) + little(static_cast<std::uint64_t>(type), 2) + little(0, 12));
  };
  const std::string end = record(0x0A, "");
  std::size_t at = begin(5).size() + globals.size() + end.size();
  for (const OldSheet& sheet : sheets) at += 4 + 6 + wide_string(sheet.name, 1).size();
  std::string out = begin(5) + globals;
  std::string content;
  for (const OldSheet& sheet : sheets) {
    out += record(0x85, little(at + content.size(), 4) + little(sheet.hidden ? 1 : 0, 1) +
                            little(0, 1) + wide_string(sheet.name, 1));
    content += begin(0x10) + sheet.records + end;
  }
  return out + end + content;
}

}  // namespace liantu::test
