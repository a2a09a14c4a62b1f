#include "ingest/plain_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "liantu/base/utf8.hpp"

namespace liantu {

void PlainReader::read(InputTable& table, EntityKind kind, EntityIndex& index) {
  // A field that the kind lacks reads as empty.
  const std::size_t name_field = table.reader().field("name");
  const std::size_t key_field = table.reader().field("key");
  const std::size_t type_field = table.reader().field("type");
  const std::size_t region_field = table.reader().field("region");
  const std::size_t land_field = table.reader().field("land");
  const std::size_t address_field = table.reader().field("address");
  std::vector<Entity>& known = known_[static_cast<std::size_t>(kind)];
  table.each_row([&](SheetReader& reader) {
    if (!reader.named(name_field)) return false;
    const auto duplicate = [&](std::size_t field, Text what) {
      reader.report(
          Severity::Error, "duplicate", field, std::move(what),
          {"delete one of the rows, or give each its own id", "请删除其中一行，或分别填写编号"});
      return false;
    };
    const std::string name = normalize_width(reader.words(name_field));
    const std::string_view key = reader.words(key_field);
    // Two tables may count their rows from 1; within one a key stands for one entity.
    const bool key_twice = std::ranges::any_of(index.by_key(key), [&](std::uint32_t id) {
      return known[id].name == name || known[id].table == &reader.table();
    });
    if (key_twice) {
      return duplicate(key_field, {"the id stands in the table twice", "该编号在表中重复出现"});
    }
    if (key.empty() && !index.by_name(name).empty()) {
      return duplicate(name_field, {"the name stands in the table twice", "该名称在表中重复出现"});
    }
    const Node node = builder_.add(kind, name, sources_.of_row(reader));
    known.push_back({name, &reader.table()});
    index.add_name(name, node.local);
    index.add_key(key, node.local);
    builder_.set(node, EntityText::Key, key);
    builder_.set(node, EntityText::Type, reader.words(type_field));
    builder_.set(node, EntityText::Address, reader.words(address_field));
    if (const auto region = reader.region(region_field)) {
      builder_.set_region(node, {*region, Basis::Stated});
    }
    if (const auto land = reader.number(land_field)) {
      builder_.set(node, EntityNumber::Land, {*land, Basis::Stated});
    }
    return true;
  });
}

}  // namespace liantu
