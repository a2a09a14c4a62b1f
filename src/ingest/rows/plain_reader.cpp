#include "ingest/rows/plain_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "liantu/base/text/utf8.hpp"

namespace liantu {

// A field that the kind lacks reads as empty.
struct PlainReader::Columns {
  explicit Columns(const SheetReader& reader)
      : name(reader.field("name")),
        key(reader.field("key")),
        type(reader.field("type")),
        region(reader.field("region")),
        address(reader.field("address")),
        numbers{{{reader.field("land"), EntityNumber::Land},
                 {reader.field("plot_ratio"), EntityNumber::PlotRatio},
                 {reader.field("floor_space"), EntityNumber::FloorSpace}}} {}

  std::size_t name, key, type, region, address;
  std::array<std::pair<std::size_t, EntityNumber>, kNumbers> numbers;
};

void PlainReader::read(InputTable& table, EntityKind kind, EntityIndex& index) {
  const Columns at(table.reader());
  std::vector<Entity>& known = known_[static_cast<std::size_t>(kind)];
  table.each_row([&](SheetReader& reader) {
    if (!reader.named(at.name)) return false;
    // Plots are called by codes.
    if (kind == EntityKind::Site && reader.code_words(at.name).empty()) return false;
    const auto duplicate = [&](std::size_t field, Text what) {
      reader.report(
          Severity::Error, "duplicate", field, std::move(what),
          {"delete one of the rows, or give each its own id", "请删除其中一行，或分别填写编号"});
      return false;
    };
    const std::string name = normalize_width(reader.words(at.name));
    const std::string_view key = reader.code_words(at.key);
    // Two tables may count their rows from 1; within one a key stands for one entity.
    std::optional<std::uint32_t> same;
    for (const std::uint32_t id : index.by_key(key)) {
      if (known[id].table == &reader.table()) {
        return duplicate(at.key, {"the id stands in the table twice", "该编号在表中重复出现"});
      }
      if (known[id].name == name) same = id;
    }
    if (key.empty() && !index.by_name(name).empty()) {
      const std::uint32_t id = index.by_name(name).front();
      const bool one = index.by_name(name).size() == 1 && known[id].table != &reader.table();
      if (!one || kind == EntityKind::Person) {
        return duplicate(at.name, {"the name stands in the table twice", "该名称在表中重复出现"});
      }
      same = id;
    }
    if (same) {
      fill_in(reader, at, EntityRef(kind, *same), known[*same]);
      return true;
    }
    const EntityRef node = builder_.add(kind, name, sources_.of_row(reader));
    known.push_back({.name = name, .table = &reader.table(), .row = reader.row_number()});
    index.add_name(name, node.local);
    index.add_key(key, node.local);
    builder_.set(node, EntityText::Key, key);
    fill_in(reader, at, node, known.back());
    return true;
  });
}

// Adds what a row says to what is known.
void PlainReader::fill_in(SheetReader& reader, const Columns& at, EntityRef node, Entity& known) {
  const auto contradicts = [&](std::size_t field, std::string_view said) {
    const std::string& file = known.table->file();
    reader.report(Severity::Note, "contradiction", field,
                  {fmt::format("{} row {} says {}", file, known.row, said),
                   fmt::format("{} 第 {} 行写的是 {}", file, known.row, said)},
                  {fmt::format("{} is kept; mend whichever is wrong", said),
                   fmt::format("以 {} 为准；如有误请更正", said)});
  };
  const auto fill = [&](std::size_t field, EntityText text, std::string& value) {
    const std::string_view words = reader.words(field);
    if (words.empty() || words == value) return;
    if (!value.empty()) return contradicts(field, value);
    value = words;
    builder_.set(node, text, words);
  };
  fill(at.type, EntityText::Type, known.type);
  fill(at.address, EntityText::Address, known.address);
  if (const auto region = reader.region(at.region); region && *region != known.region) {
    // A finer region says the same and more.
    if (!known.region.known() || known.region.contains(*region)) {
      known.region = *region;
      builder_.set_region(node, {*region, Basis::Stated});
    } else if (!region->contains(known.region)) {
      contradicts(at.region, region_full_name(known.region));
    }
  }
  for (std::size_t i = 0; i < at.numbers.size(); ++i) {
    const auto& [field, number] = at.numbers[i];
    const auto value = reader.number(field);
    if (!value || value == known.numbers[i]) continue;
    if (known.numbers[i]) {
      contradicts(field, fmt::format("{}", *known.numbers[i]));
      continue;
    }
    known.numbers[i] = value;
    const Basis basis = reader.rough() ? Basis::Estimated : Basis::Stated;
    builder_.set(node, number, {*value, basis}, reader.year(field, {}));
  }
}

}  // namespace liantu
