#include "ingest/segment_reader.hpp"

#include <string_view>
#include <tuple>

#include <fmt/format.h>

namespace liantu {
namespace {

std::string_view segment_type(std::string_view words) {
  if (words == "产业链") return "chain";
  if (words == "产品") return "product";
  if (words == "服务") return "service";
  if (words == "行业") return "industry";
  return words;
}

}  // namespace

void SegmentReader::read(InputTable& table) {
  const std::size_t name_field = table.reader().field("name");
  const std::size_t aliases_field = table.reader().field("aliases");
  const std::size_t type_field = table.reader().field("type");
  const std::size_t code_field = table.reader().field("code");
  const std::size_t key_field = table.reader().field("key");
  const std::size_t parent_field = table.reader().field("parent");
  table.each_row([&](SheetReader& reader) {
    if (!reader.named(name_field)) return false;
    const std::string_view name = reader.words(name_field);
    if (segments_.has_name(name)) {
      reader.report(Severity::Error, "duplicate", name_field,
                    {"the segment stands in the table twice", "该环节在表中重复出现"},
                    {"delete one of the rows", "请删除其中一行"});
      return false;
    }
    const Provenance from = sources_.of_row(reader);
    const std::uint32_t id = segments_.add(name, from);
    const SegmentId segment{id};
    const std::vector<std::string_view> aliases = reader.list(aliases_field);
    for (const std::string_view alias : aliases) segments_.add_alias(alias, id);
    builder_.set(segment, EntityText::Aliases, fmt::format("{}", fmt::join(aliases, ";")));
    const std::string_view type = segment_type(reader.words(type_field));
    builder_.set(segment, EntityText::Type, type);
    if (type == "chain") segments_.set_chain(id);
    builder_.set(segment, EntityText::Code, reader.words(code_field));
    const std::string_view key = reader.words(key_field);
    builder_.set(segment, EntityText::Key, key);
    segments_.add_key(key, id);
    if (const std::string_view parent = reader.words(parent_field); !parent.empty()) {
      parents_.emplace_back(id, Mention::in(reader, parent_field, parent, from));
    }
    return true;
  });
}

void SegmentReader::link_parents(Directory& directory, PartOfReader& taxonomy) const {
  for (const auto& [child, parent] : parents_) {
    if (const auto segment = directory.segment(parent)) {
      std::ignore = taxonomy.add(child, *segment, parent, Severity::Warning);
    }
  }
}

}  // namespace liantu
