#include "ingest/firm_reader.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "liantu/base/credit_code.hpp"
#include "liantu/base/industry.hpp"
#include "liantu/ingest/locate.hpp"

namespace liantu {
namespace {

std::size_t column(std::string_view key) { return field_index(EntityKind::Firm, key); }

double number_of(Date date) {
  return date.year * 1e4 + date.month * 1e2 + static_cast<double>(date.day);
}

}  // namespace

struct FirmReader::Columns {
  struct Number {
    std::size_t field;
    EntityNumber number;
    bool money;
  };
  struct Words {
    std::size_t field;
    EntityText text;
  };

  std::size_t name = column("name");
  std::size_t credit_code = column("credit_code");
  std::size_t region = column("region");
  std::size_t province = column("province");
  std::size_t city = column("city");
  std::size_t district = column("district");
  std::size_t address = column("address");
  std::size_t founded = column("founded");
  std::size_t industry = column("industry");
  std::size_t anchor = column("anchor");
  std::size_t aliases = column("aliases");
  std::size_t products = column("products");
  std::array<Number, 8> numbers = {
      {{column("registered_capital"), EntityNumber::RegisteredCapital, true},
       {column("revenue"), EntityNumber::Revenue, true},
       {column("tax"), EntityNumber::Tax, true},
       {column("staff"), EntityNumber::Staff, false},
       {column("research"), EntityNumber::Research, true},
       {column("energy"), EntityNumber::Energy, false},
       {column("emission"), EntityNumber::Emission, false},
       {column("land"), EntityNumber::Land, false}}};
  std::array<Words, 5> texts = {{{address, EntityText::Address},
                                 {column("status"), EntityText::Status},
                                 {column("type"), EntityText::Type},
                                 {column("scope"), EntityText::Scope},
                                 {column("key"), EntityText::Key}}};
  std::array<Words, 3> lists = {{{column("tags"), EntityText::Tags},
                                 {column("risks"), EntityText::Risks},
                                 {aliases, EntityText::Aliases}}};
};

void FirmReader::learn_codes(InputTable& table) {
  const Columns at;
  if (!table.reader().has(at.credit_code)) return;
  table.scan([&](const SheetReader& reader) {
    const std::string_view name = reader.words(at.name);
    if (name.empty()) return;
    const std::string code = normalize_credit_code(reader.words(at.credit_code));
    if (check_credit_code(code) == CreditCodeFault::None) firms_.learn_code(name, code);
  });
}

void FirmReader::read(InputTable& table) {
  const Columns at;
  table.each_row([&](SheetReader& reader) { return read_row(reader, at); });
  statements_.tell_other_years(table.reader());
}

bool FirmReader::read_row(SheetReader& reader, const Columns& at) {
  if (!reader.named(at.name)) return false;
  const std::string code = reader.credit_code(at.credit_code);
  const Provenance from = sources_.of_row(reader);
  const auto id = identify(reader, at, code, from);
  if (!id) return false;
  const FirmId firm{*id};
  statements_.begin(*id, from);
  for (const auto& [field, number, is_money] : at.numbers) {
    const auto value = is_money ? reader.money(field) : reader.number(field);
    if (value && statements_.keeps(reader, field, *value)) {
      builder_.set(firm, number, {*value, from.basis});
    }
  }
  for (const auto& [field, text] : at.texts) {
    const std::string_view words = reader.words(field);
    if (words.empty()) continue;
    if (text == EntityText::Key) firms_.add_key(words, *id);
    if (statements_.keeps(reader, field)) builder_.set(firm, text, words);
  }
  for (const auto& [field, text] : at.lists) add_words(*id, text, reader.list(field));
  if (const std::string_view words = reader.words(at.industry); !words.empty()) {
    const Industry* industry = read_industry(words);
    if (industry == nullptr) {
      reader.report(Severity::Warning, "industry", at.industry,
                    {"this is no code or name of the classification of industries GB/T 4754",
                     "不是《国民经济行业分类》（GB/T 4754）的代码或名称"},
                    {"write a code such as 3670 or C3670", "请填写代码，如 3670 或 C3670"});
    } else if (statements_.keeps(reader, at.industry)) {
      builder_.set(firm, EntityText::Industry, industry->code);
    }
  }
  const Date founded = reader.date(at.founded);
  if (founded.known() && statements_.keeps(reader, at.founded, number_of(founded))) {
    builder_.set_founded(firm, founded);
  }
  const auto anchor = reader.flag(at.anchor);
  if (anchor && statements_.keeps(reader, at.anchor, *anchor ? 1 : 0)) {
    builder_.set_anchor(firm, *anchor);
  }
  place(*id, reader, at, code);
  for (const std::string_view product : reader.list(at.products)) {
    support_.state(*id);
    products_.emplace_back(*id, Mention::in(reader, at.products, product, from));
  }
  return true;
}

// The firm that the row means, made when there is none so far; nothing when the row cannot be told
// apart from several.
std::optional<std::uint32_t> FirmReader::identify(SheetReader& reader, const Columns& at,
                                                  const std::string& code, const Provenance& from) {
  using enum FirmIdentity::Kind;
  const std::string_view name = reader.words(at.name);
  const FirmIdentity identity = firms_.identify(name, code, reader.list(at.aliases));
  const auto where = [&] { return sources_.stands(firms_.origin(identity.firm)); };
  const auto note = [&](std::string_view kind, Text what, Text remedy) {
    reader.report(Severity::Note, kind, at.name, std::move(what), std::move(remedy));
  };
  switch (identity.kind) {
    case Ambiguous:
      reader.report(
          Severity::Error, "ambiguous-firm", at.name,
          {fmt::format("{} firms have this name and different credit codes; the row names none",
                       identity.count),
           fmt::format("有 {} 家企业同名而信用代码不同，此行未写信用代码", identity.count)},
          {"add the credit code", "请补上信用代码"});
      return std::nullopt;
    case SameCode:
    case SameName: {
      const Text place = where();
      const bool renamed = identity.kind == SameCode && identity.other_name;
      note("merged",
           renamed
               ? Text{fmt::format("the same credit code stands in {} under another name", place.en),
                      fmt::format("同一信用代码在 {} 以另一名称出现", place.zh)}
               : Text{fmt::format("the firm already stands in {}", place.en),
                      fmt::format("该企业已见于 {}", place.zh)},
           {"nothing to do if they are one firm; give the other firm its own credit code if they "
            "are not",
            "如确为同一企业无需处理；如不是，请为另一家填写其信用代码"});
      ++merged_;
      if (identity.other_name) add_words(identity.firm, EntityText::Aliases, {name});
      firms_.set_code(identity.firm, identity.code);
      return identity.firm;
    }
    case Namesake:
      note("same-name",
           {fmt::format("another firm of this name with another credit code stands in {}",
                        where().en),
            fmt::format("{} 有同名而信用代码不同的企业", where().zh)},
           {"they stay two firms; mend the code if they are one",
            "按两家企业处理；如为同一企业请更正代码"});
      break;
    case SimilarName:
      note("perhaps-same",
           {fmt::format("it may be the firm in {}, whose legal form is written differently",
                        where().en),
            fmt::format("可能与 {} 的企业是同一家，仅组织形式写法不同", where().zh)},
           {"if they are one firm give both rows the same credit code",
            "如为同一企业，请在两行填写相同的信用代码"});
      break;
    case New:
      break;
  }
  return firms_.add(name, identity.code, from);
}

// Lists of several rows add up.
void FirmReader::add_words(std::uint32_t firm, EntityText which,
                           const std::vector<std::string_view>& words) {
  if (words.empty()) return;
  std::vector<std::string_view>& list = lists_[{firm, which}];
  for (const std::string_view word : words) {
    if (std::ranges::find(list, word) == list.end()) list.push_back(word);
    if (which == EntityText::Aliases) firms_.add_alias(word, firm);
  }
  builder_.set(FirmId{firm}, which, fmt::format("{}", fmt::join(list, ";")));
}

void FirmReader::place(std::uint32_t firm, SheetReader& reader, const Columns& at,
                       const std::string& code) {
  const Location location =
      locate({reader.words(at.region), reader.words(at.address), reader.words(at.province),
              reader.words(at.city), reader.words(at.district), code, reader.words(at.name)});
  std::ignore = reader.region(at.region);  // reports a region that does not exist
  for (const LocationConflict& conflict : location.conflicts) {
    reader.report(
        Severity::Note, "region-conflict", at.name,
        {fmt::format("the {} says {}, the {} says {}", conflict.kept.en,
                     region_full_name(conflict.kept_region), conflict.other.en,
                     region_full_name(conflict.other_region)),
         fmt::format("{}为{}，{}为{}", conflict.kept.zh, region_full_name(conflict.kept_region),
                     conflict.other.zh, region_full_name(conflict.other_region))},
        {fmt::format("the {} decides; mend whichever is wrong", conflict.kept.en),
         fmt::format("以{}为准；如有误请更正", conflict.kept.zh)});
  }
  if (location.region.code.known() && statements_.keeps_region(reader, location.region)) {
    builder_.set_region(FirmId{firm}, location.region);
  }
}

void FirmReader::link_products(Directory& directory) {
  for (const auto& [firm, product] : products_) {
    const auto segment = directory.segment(product);
    if (!segment) continue;
    support_.add_maker(*segment, firm);
    builder_.relate(RelationKind::Makes, FirmId{firm}, SegmentId{*segment}, {}, product.from);
  }
}

}  // namespace liantu
