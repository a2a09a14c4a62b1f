#include "ingest/rows/segment_reader.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "liantu/base/text/utf8.hpp"

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

struct SegmentReader::Columns {
  explicit Columns(const SheetReader& reader)
      : name(reader.field("name")),
        aliases(reader.field("aliases")),
        type(reader.field("type")),
        code(reader.field("code")),
        key(reader.field("key")),
        parent(reader.field("parent")) {}

  std::size_t name, aliases, type, code, key, parent;
};

void SegmentReader::read(InputTable& table) {
  const Columns at(table.reader());
  table.each_row([&](SheetReader& reader) {
    if (!reader.named(at.name)) return false;
    const std::string_view name = reader.words(at.name);
    const Provenance from = sources_.of_row(reader);
    const auto known = known_.find(normalize_width(name));
    if (known != known_.end() && known->second.table != &reader.table()) {
      fill_in(reader, at, known->second);
    } else if (known != known_.end() || segments_.has_name(name)) {
      reader.report(Severity::Error, "duplicate", at.name,
                    {"the segment stands in the table twice", "该环节在表中重复出现"},
                    {"delete one of the rows", "请删除其中一行"});
      return false;
    } else {
      Known fresh;
      fresh.segment = segments_.add(name, from);
      fresh.table = &reader.table();
      fresh.origin_file = reader.table().file();
      fresh.origin_row = reader.row_number();
      fill_in(reader, at, fresh);
      known_.emplace(normalize_width(name), std::move(fresh));
    }
    const std::uint32_t id = known_.find(normalize_width(name))->second.segment;
    if (const std::string_view parent = reader.words(at.parent); !parent.empty()) {
      parents_.emplace_back(id, Mention::in(reader, at.parent, parent, from));
    }
    return true;
  });
}

// Adds what a row says to what is known.
void SegmentReader::fill_in(SheetReader& reader, const Columns& at, Known& known) {
  const SegmentId segment{known.segment};
  for (const std::string_view alias : reader.list(at.aliases)) {
    segments_.add_alias(alias, known.segment);
    if (std::ranges::find(known.aliases, alias) == known.aliases.end()) {
      known.aliases.emplace_back(alias);
    }
  }
  builder_.set(segment, EntityText::Aliases, fmt::format("{}", fmt::join(known.aliases, ";")));
  const auto fill = [&](std::size_t field, std::string_view words, EntityText text,
                        std::string& value) {
    if (words.empty() || words == value) return;
    if (!value.empty()) {
      reader.report(
          Severity::Note, "contradiction", field,
          {fmt::format("{} row {} says {}", known.origin_file, known.origin_row, value),
           fmt::format("{} 第 {} 行写的是 {}", known.origin_file, known.origin_row, value)},
          {fmt::format("{} is kept; mend whichever is wrong", value),
           fmt::format("以 {} 为准；如有误请更正", value)});
      return;
    }
    value = words;
    builder_.set(segment, text, words);
  };
  fill(at.type, segment_type(reader.words(at.type)), EntityText::Type, known.type);
  if (known.type == "chain") segments_.set_chain(known.segment);
  fill(at.code, reader.code_words(at.code), EntityText::Code, known.code);
  // A segment may have a key in every source.
  const std::string_view key = reader.code_words(at.key);
  segments_.add_key(key, known.segment);
  if (known.key.empty() && !key.empty()) {
    known.key = key;
    builder_.set(segment, EntityText::Key, key);
  }
}

void SegmentReader::link_parents(Directory& directory, PartOfReader& taxonomy) const {
  for (const auto& [child, parent] : parents_) {
    if (const auto segment = directory.segment(parent)) {
      std::ignore = taxonomy.add(child, *segment, parent, Severity::Warning);
    }
  }
}

}  // namespace liantu
