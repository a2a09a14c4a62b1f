#include "ingest/rows/firm_reader.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/base/values/industry.hpp"
#include "liantu/ingest/who/locate.hpp"

namespace liantu {
namespace {

std::size_t column(std::string_view key) { return field_index(EntityKind::Firm, key); }

// Number of digits of a code; 0 when anything else stands in it.
std::size_t digits_of(std::string_view code) {
  const bool all = std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
  return all ? code.size() : 0;
}

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
  std::size_t key = column("key");
  /// That which says most first.
  std::array<std::size_t, 3> codes = {column("credit_code"), column("registration_number"),
                                      column("organization_code")};
  std::size_t region = column("region");
  std::size_t province = column("province");
  std::size_t city = column("city");
  std::size_t district = column("district");
  std::size_t address = column("address");
  std::size_t founded = column("founded");
  std::size_t industry = column("industry");
  std::size_t industry_name = column("industry_name");
  std::size_t anchor = column("anchor");
  std::size_t aliases = column("aliases");
  std::size_t products = column("products");
  std::size_t head_office = column("head_office");
  std::array<Number, 12> numbers = {
      {{column("registered_capital"), EntityNumber::RegisteredCapital, true},
       {column("revenue"), EntityNumber::Revenue, true},
       {column("tax"), EntityNumber::Tax, true},
       {column("staff"), EntityNumber::Staff, false},
       {column("research"), EntityNumber::Research, true},
       {column("energy"), EntityNumber::Energy, false},
       {column("emission"), EntityNumber::Emission, false},
       {column("land"), EntityNumber::Land, false},
       {column("value_added"), EntityNumber::ValueAdded, true},
       {column("electricity"), EntityNumber::Electricity, false},
       {column("plot_ratio"), EntityNumber::PlotRatio, false},
       {column("floor_space"), EntityNumber::FloorSpace, false}}};
  std::array<Words, 5> texts = {{{address, EntityText::Address},
                                 {column("status"), EntityText::Status},
                                 {column("type"), EntityText::Type},
                                 {column("scope"), EntityText::Scope},
                                 {key, EntityText::Key}}};
  std::array<Words, 3> lists = {{{column("tags"), EntityText::Tags},
                                 {column("risks"), EntityText::Risks},
                                 {aliases, EntityText::Aliases}}};
};

void FirmReader::learn_codes(InputTable& table) {
  const Columns at;
  const auto given = [&](std::size_t field) { return table.reader().has(field); };
  if (std::ranges::none_of(at.codes, given)) return;
  table.scan([&](const SheetReader& reader) {
    const std::string_view name = reader.words(at.name);
    if (name.empty()) return;
    for (const std::size_t field : at.codes) {
      const std::string code = normalize_credit_code(reader.words(field));
      const FirmCodeKind kind = read_firm_code(code).kind;
      if (kind == FirmCodeKind::None || kind == FirmCodeKind::IdentityNumber) continue;
      firms_.learn_code(name, code);
    }
  });
}

void FirmReader::read(InputTable& table) {
  const Columns at;
  // Where others are written with four digits, three may be four that lost a nought.
  most_digits_ = 0;
  if (table.reader().has(at.industry)) {
    table.scan([&](const SheetReader& reader) {
      const std::size_t digits = digits_of(reader.words(at.industry));
      if (digits <= 4) most_digits_ = std::max(most_digits_, digits);
    });
  }
  look_at_ids(table, at);
  table.each_row([&](SheetReader& reader) { return read_row(reader, at); });
  firm_of_id_ = {};
  statements_.tell_other_years(table.reader());
}

// A source gives each firm an id, which the firm keeps when it is renamed. Where one id in twenty or more
// stands under several names, the column is none of ids.
void FirmReader::look_at_ids(InputTable& table, const Columns& at) {
  constexpr std::size_t kIdsForOneRenamed = 20;
  ids_tell_ = false;
  if (!table.reader().has(at.key)) return;
  StringMap<std::size_t> names;  // by id: the hash of the first
  std::size_t renamed = 0;
  table.scan([&](const SheetReader& reader) {
    const std::string_view id = reader.words(at.key);
    const std::string_view name = reader.words(at.name);
    if (id.empty() || name.empty()) return;
    const std::size_t hash = StringHash{}(name);
    const auto [first, added] = names.try_emplace(id, hash);
    if (!added && first->second != hash) ++renamed;
  });
  ids_tell_ = renamed * kIdsForOneRenamed < names.size();
}

// The firm that stands under the id of a row by another name, where nobody goes by the row's.
std::optional<std::uint32_t> FirmReader::renamed(const SheetReader& reader, const Columns& at,
                                                 const FirmIdentity& identity) const {
  using enum FirmIdentity::Kind;
  if (!ids_tell_ || (identity.kind != New && identity.kind != SimilarName)) return std::nullopt;
  const auto same = firm_of_id_.find(reader.words(at.key));
  if (same == firm_of_id_.end()) return std::nullopt;
  const std::string& code = firms_.code(same->second);
  const bool two_codes = !code.empty() && !identity.code.empty() && code != identity.code;
  return two_codes ? std::nullopt : std::optional(same->second);
}

bool FirmReader::read_row(SheetReader& reader, const Columns& at) {
  if (!reader.named(at.name)) return false;
  std::array<std::string, 3> codes;
  for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = reader.credit_code(at.codes[i]);
  const auto first = std::ranges::find_if_not(codes, &std::string::empty);
  const std::string code = first == codes.end() ? std::string() : *first;
  const Provenance from = sources_.of_row(reader);
  const auto id = identify(reader, at, code, from);
  if (!id) return false;
  if (ids_tell_) {
    if (const auto own = reader.words(at.key); !own.empty()) firm_of_id_.try_emplace(own, *id);
  }
  for (const std::string& other : codes) firms_.set_code(*id, other);
  const FirmId firm{*id};
  statements_.begin(*id, from);
  for (const auto& [field, number, is_money] : at.numbers) {
    const auto value = is_money ? reader.money(field) : reader.number(field);
    const int year = reader.year(field, from.as_of);
    if (value && statements_.keeps(reader, field, *value, year)) {
      const Basis basis = reader.rough() ? softer(from.basis, Basis::Estimated) : from.basis;
      builder_.set(firm, number, {*value, basis}, year);
    }
  }
  for (const auto& [field, text] : at.texts) {
    const bool is_key = text == EntityText::Key;
    const std::string_view words = is_key ? reader.code_words(field) : reader.words(field);
    if (words.empty()) continue;
    if (is_key) firms_.add_key(words, *id);
    if (statements_.keeps(reader, field)) builder_.set(firm, text, words);
  }
  for (const auto& [field, text] : at.lists) add_words(*id, text, reader.list(field));
  read_industry_of(firm, reader, at);
  const Date founded = reader.date(at.founded);
  if (founded.known() && statements_.keeps(reader, at.founded, number_of(founded))) {
    builder_.set_founded(firm, founded);
  }
  const auto anchor = reader.flag(at.anchor);
  if (anchor && statements_.keeps(reader, at.anchor, *anchor ? 1 : 0)) {
    builder_.set_anchor(firm, *anchor);
  }
  place(*id, reader, at, firms_.code(*id).empty() ? code : firms_.code(*id), from);
  if (const std::string_view head = reader.words(at.head_office); !head.empty()) {
    head_offices_.emplace_back(*id, Mention::in(reader, at.head_office, head, from));
  }
  for (const std::string_view product : reader.list(at.products)) {
    support_.state(*id);
    products_.emplace_back(*id, Mention::in(reader, at.products, product, from));
  }
  return true;
}

// Code and name, of one cell or of two, one held against the other.
void FirmReader::read_industry_of(FirmId firm, SheetReader& reader, const Columns& at) {
  const std::string_view words = reader.industry_words(at.industry);
  const std::string_view name = reader.words(at.industry_name);
  if (words.empty() && name.empty()) return;
  const std::size_t field = words.empty() ? at.industry_name : at.industry;
  const IndustryReading reading =
      read_industry_words(name.empty() ? std::string(words) : fmt::format("{} {}", words, name));
  const Industry* industry = reading.industry;
  const bool short_by_one = most_digits_ > 1 && digits_of(words) + 1 == most_digits_;
  const Industry* whole =
      short_by_one && reading.named == nullptr ? find_industry("0" + std::string(words)) : nullptr;
  if (whole != nullptr && industry != nullptr) {
    reader.report(
        Severity::Warning, "lost-zero", field,
        {fmt::format("other rows have {} digits; this may be {} {} without its leading zero, or {} "
                     "{}, and is not used",
                     most_digits_, whole->code.substr(1), whole->name, industry->code,
                     industry->name),
         fmt::format("其他各行为 {} 位代码；此处可能是丢了前导 0 的 {} {}，也可能是 {} {}，未采用",
                     most_digits_, whole->code.substr(1), whole->name, industry->code,
                     industry->name)},
        {fmt::format("write {} or {}", whole->code, industry->code),
         fmt::format("请填写 {} 或 {}", whole->code, industry->code)});
    return;
  }
  if (whole != nullptr) {
    reader.report(
        Severity::Note, "lost-zero", field,
        {fmt::format("the code has lost its leading zero and is read as {} {}",
                     whole->code.substr(1), whole->name),
         fmt::format("代码丢了前导 0，按 {} {} 读取", whole->code.substr(1), whole->name)},
        {"format the column as text and write the leading zero", "请把该列设为文本，并补上前导 0"});
    industry = whole;
  }
  if (industry == nullptr) {
    reader.report(Severity::Warning, "industry", field,
                  {"this is not a code or name of the classification of industries GB/T 4754",
                   "不是《国民经济行业分类》（GB/T 4754）的代码或名称"},
                  {"write a code such as 3670 or C3670", "请填写代码，如 3670 或 C3670"});
    return;
  }
  if (reading.contradicts()) {
    const Industry& coded = *reading.coded;
    const Industry& named = *reading.named;
    reader.report(
        Severity::Warning, "industry-conflict", field,
        {fmt::format("the code is that of {} {}, the name that of {} {}; the code is used",
                     coded.code, coded.name, named.code, named.name),
         fmt::format("代码为 {} {}，名称为 {} {}；按代码处理", coded.code, coded.name, named.code,
                     named.name)},
        {fmt::format("mend whichever is wrong: {} {} or {} {}", coded.code, coded.name, named.code,
                     named.name),
         fmt::format("请更正有误的一项：{} {} 或 {} {}", coded.code, coded.name, named.code,
                     named.name)});
  }
  const std::string_view said = name.empty() ? words : industry->code;
  if (statements_.keeps(reader, at.industry, FirmStatements::kNoNumber, 0, said)) {
    builder_.set(firm, EntityText::Industry, industry->code);
  }
}

// The firm that the row means, made when there is none so far; nothing when the row cannot be told
// apart from several.
std::optional<std::uint32_t> FirmReader::identify(SheetReader& reader, const Columns& at,
                                                  const std::string& code, const Provenance& from) {
  using enum FirmIdentity::Kind;
  const std::string_view name = reader.words(at.name);
  const FirmIdentity identity = firms_.identify(name, code, reader.list(at.aliases));
  const auto note = [&](std::string_view kind, Text what, Text remedy) {
    reader.report(Severity::Note, kind, at.name, std::move(what), std::move(remedy));
  };
  if (const auto firm = renamed(reader, at, identity)) {
    const Text place = sources_.stands(firms_.origin(*firm));
    note("renamed",
         {fmt::format("its id stands in {} under another name", place.en),
          fmt::format("其编号在 {} 以另一名称出现", place.zh)},
         {"nothing to do if the firm was renamed; give the other firm an id of its own if they are "
          "two",
          "如为企业更名无需处理；如为两家企业，请为另一家填写其自己的编号"});
    ++merged_;
    add_words(*firm, EntityText::Aliases, {name});
    firms_.set_code(*firm, identity.code);
    return firm;
  }
  const auto where = [&] { return sources_.stands(firms_.origin(identity.firm)); };
  switch (identity.kind) {
    case Ambiguous:
      reader.report(
          Severity::Error, "ambiguous-firm", at.name,
          {fmt::format(
               "{} firms have this name and different credit codes; this row has no credit code",
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
      if (identity.code.empty() || firms_.code(identity.firm).empty()) {
        firms_.questions().ask(name, reader.place(at.name), identity.firm,
                               firms_.name(identity.firm), 0);
      }
      break;
    case New:
      if (!is_source_id(name) || !identity.code.empty()) break;
      reader.report(Severity::Error, "unknown-id", at.name,
                    {"the row names the firm by a number, which is the id of no firm read before",
                     "此行以编号代替企业名称，而此前的表中没有该编号的企业"},
                    {"read the table that gives the id its name, or write the name",
                     "请一并读入给出该编号名称的表，或填写企业名称"});
      return std::nullopt;
  }
  const std::uint32_t firm = firms_.add(name, identity.code, from);
  if (identity.code.empty() && normalize_firm_name(name).form.empty()) {
    short_names_.emplace_back(firm, reader.place(at.name));
  }
  return firm;
}

void FirmReader::ask_of_short_names() {
  for (const auto& [firm, place] : short_names_) {
    if (!firms_.code(firm).empty()) continue;
    for (const auto& [other, score] : firms_.alike(firm).firms) {
      firms_.questions().ask(firms_.name(firm), place, other, firms_.name(other), score);
    }
  }
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

void FirmReader::note_divided(SheetReader& reader, const Columns& at, const DividedRegion& divided,
                              RegionCode region) {
  std::string heirs;
  for (const RegionCode heir : divided.heirs) {
    heirs += fmt::format("{}{} {}", heirs.empty() ? "" : ", ", heir.to_string(), region_name(heir));
  }
  const RegionPeriod& written = divided.written;
  const std::string name = region_full_name(written.code, written.until - 1);
  const std::string assumed = region_full_name(region);
  reader.report(
      Severity::Note, "divided-region", at.name,
      {fmt::format("the {} names {}, which was divided in {} between {}; {} holds them all",
                   divided.clue.en, name, written.until, heirs, assumed),
       fmt::format("{}为{}，已于 {} 年分入 {}；按其共同所属的{}计", divided.clue.zh, name,
                   written.until, heirs, assumed)},
      {"to be exact, write the district of today", "如需精确，请填写现行区县"});
}

void FirmReader::place(std::uint32_t firm, SheetReader& reader, const Columns& at,
                       const std::string& code, const Provenance& from) {
  const Location location = locate(
      {reader.words(at.region), reader.words(at.address), reader.words(at.province),
       reader.words(at.city), reader.words(at.district), code, reader.words(at.name), from.year()});
  if (!location.region_understood) std::ignore = reader.region(at.region);  // reports why
  if (location.divided) note_divided(reader, at, *location.divided, location.region.code);
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

// A branch is no firm of its own at law: whose it is owns all of it.
void FirmReader::link_head_offices(Directory& directory) {
  for (const auto& [branch, head] : head_offices_) {
    const auto firm = directory.firm(head);
    if (!firm) continue;
    if (*firm == branch) continue;  // heads of groups name themselves
    EdgeAttributes whole;
    whole.share = 1;
    builder_.relate(RelationKind::Owns, FirmId{*firm}, FirmId{branch}, whole, head.from);
  }
}

void FirmReader::link_products(Directory& directory) {
  for (const auto& [firm, product] : products_) {
    const auto segment = directory.segment(product);
    if (!segment) continue;
    support_.add_maker(*segment, firm);
    support_.add_sale({firm, *segment, std::nullopt, std::nullopt});
    builder_.relate(RelationKind::Makes, FirmId{firm}, SegmentId{*segment}, {}, product.from);
  }
}

}  // namespace liantu
