#include "ingest/rows/relation_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include <absl/hash/hash.h>
#include <fmt/format.h>

#include "base/core/hash_map.hpp"
#include "ingest/rows/bill_of_materials.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/text/number.hpp"
#include "liantu/base/text/utf8.hpp"
#include "liantu/base/values/credit_code.hpp"
#include "liantu/base/values/firm_name.hpp"
#include "liantu/ingest/who/locate.hpp"

namespace liantu {
namespace {

bool trusts_support(const SheetReader& reader) {
  return reader.mapping() != nullptr && reader.mapping()->trust == TrustRule::Support;
}

// Kinds that may stand at one end: those that `allows(kind, other)` lets stand with any other.
template <typename Allows>
std::vector<EntityKind> kinds_at_end(const Allows& allows) {
  std::vector<EntityKind> kinds;
  for (const EntityKind kind : kEntityKinds) {
    const auto with = [&](EntityKind other) { return allows(kind, other); };
    if (std::ranges::any_of(kEntityKinds, with)) kinds.push_back(kind);
  }
  return kinds;
}

void note_not_heads(SheetReader& reader, std::uint64_t rows) {
  reader.report(
      {Severity::Note,
       reader.table().header(),
       "not-a-head",
       "",
       std::to_string(rows),
       {fmt::format("{} rows are left out because the subclass does not end with the class's name",
                    rows),
        fmt::format("有 {} 行因下级名称不以上级名称结尾而未采用", rows)},
       {"map the table without \"trust\": \"support\" if its rows are sure",
        "如该表各行可靠，请在映射中去掉 \"trust\": \"support\""}});
}

}  // namespace

// A field that the relation lacks reads as empty.
struct RelationReader::Columns {
  explicit Columns(const SheetReader& reader)
      : from(reader.field("from")),
        to(reader.field("to")),
        segment(reader.field("segment")),
        amount(reader.field("amount")),
        share(reader.field("share")),
        detail(reader.field("detail")),
        coefficient(reader.field("coefficient")),
        substitutability(reader.field("substitutability")),
        import_share(reader.field("import_share")),
        quantity(reader.field("quantity")),
        unit_price(reader.field("unit_price")),
        product_price(reader.field("product_price")),
        quantity_unit(reader.field("quantity_unit")),
        price_unit(reader.field("price_unit")) {}

  /// @param rough  Becomes true when amount or share is none that is stated exactly.
  [[nodiscard]] EdgeAttributes attributes(SheetReader& reader, bool& rough) const {
    EdgeAttributes read;
    read.amount = reader.money(amount);
    rough = read.amount && reader.rough();
    read.share = reader.share(share);
    rough = rough || (read.share && reader.rough());
    read.detail = reader.words(detail);
    read.coefficient = coefficient_of(reader);
    read.substitutability = reader.share(substitutability);
    read.import_share = reader.share(import_share);
    return read;
  }

  [[nodiscard]] std::optional<double> coefficient_of(SheetReader& reader) const {
    if (parse_number(reader.words(coefficient)).value_or(0) >= 0) {
      return reader.number(coefficient);
    }
    reader.report(Severity::Warning, "negative-coefficient", coefficient,
                  {"the coefficient is negative; the requirement stands without a coefficient",
                   "投入系数为负；保留该需要关系，但不带系数"},
                  {"write the yuan of input for a yuan of output, such as 0.3, or leave it empty",
                   "请填写每元产出所需投入（元），如 0.3，或留空"});
    return std::nullopt;
  }

  std::size_t from, to, segment, amount, share, detail, coefficient, substitutability, import_share;
  std::size_t quantity, unit_price, product_price, quantity_unit, price_unit;  // of a bill
};

// Rows of one table that say exactly what another says, and so count once.
struct RelationReader::Repeated {
  HashSet<std::uint64_t> seen;
  std::uint64_t rows = 0;
  std::uint32_t first = 0;

  void look(RelationKind kind, EntityRef tail, EntityRef head, const EdgeAttributes& said,
            const Provenance& from, std::uint32_t row) {
    if (!said.amount) return;
    const auto date = [](const Date& day) { return day.year * 10000 + day.month * 100 + day.day; };
    const std::uint64_t hash =
        absl::HashOf(kind, tail.kind, tail.local, head.kind, head.local,
                     said.segment ? raw(*said.segment) : -1U, *said.amount, said.share.value_or(-1),
                     std::hash<std::string_view>{}(said.detail), raw(from.source), from.confidence,
                     from.basis, date(from.since), date(from.until), date(from.as_of));
    if (!seen.insert(hash).second && rows++ == 0) first = row;
  }

  void tell(SheetReader& reader) const {
    if (rows == 0) return;
    reader.report(
        {Severity::Note,
         reader.table().header(),
         "repeated-row",
         "",
         std::to_string(rows),
         {fmt::format("{} rows say the same as a row above, the first of them row {}, and "
                      "their amounts count once",
                      rows, first),
          fmt::format("有 {} 行与上文某行完全相同（首个为第 {} 行），其金额只计一次", rows, first)},
         {"nothing to do if they are one; tell them apart by date or join their amounts if "
          "they are not",
          "如确为同一笔无需处理；如不是，请写明日期，或把金额合并为一行"}});
  }
};

void RelationReader::note_words(SheetReader& reader, RelationKind kind, const Columns& at,
                                EntityRef tail, EntityRef head, const EdgeAttributes& attributes,
                                const Provenance& from) {
  if (kind != RelationKind::Serves && kind != RelationKind::Cooperates) return;
  if (attributes.detail.empty()) return;
  const auto [known, fresh] =
      words_.try_emplace({kind, tail.kind, tail.local, head.local, from.year()},
                         Words{std::string(attributes.detail), from});
  if (fresh || known->second.words == attributes.detail) return;
  const Text where = sources_.stands(known->second.from);
  reader.report(Severity::Note, "contradiction", at.detail,
                {fmt::format("{} says {}", where.en, known->second.words),
                 fmt::format("{}写的是 {}", where.zh, known->second.words)},
                {"only the more trusted one is kept; write both in one cell if both hold",
                 "只保留更可信的一个；如两者都成立，请写在同一单元格"});
}

void RelationReader::read(InputTable& table, RelationKind kind) {
  Repeated repeated;
  const Columns at(table.reader());
  const auto tails = kinds_at_end(
      [&](EntityKind tail, EntityKind head) { return relation_allows(kind, tail, head); });
  const auto heads = kinds_at_end(
      [&](EntityKind head, EntityKind tail) { return relation_allows(kind, tail, head); });
  const bool heads_only = kind == RelationKind::PartOf && trusts_support(table.reader());
  std::uint64_t not_heads = 0;
  BillOfMaterials bill;
  table.each_row([&](SheetReader& reader) {
    Provenance from = sources_.of_row(reader);
    bool rough = false;
    EdgeAttributes attributes = at.attributes(reader, rough);
    if (rough) from.basis = softer(from.basis, Basis::Estimated);
    const bool buys = kind == RelationKind::Supplies;
    const auto tail = buys ? supplier(reader, at, tails) : end(reader, at.from, tails);
    const auto head = end(reader, at.to, heads);
    if (!tail || !head) return false;
    // Own use says nothing but how much of itself a product takes.
    const bool own_use = kind == RelationKind::Requires && attributes.coefficient.has_value();
    if (same(*tail, *head) && kind != RelationKind::Cooperates && !own_use) {
      reader.report(Severity::Error, "self", at.to, {"both ends are the same", "两端是同一对象"},
                    {"mend one of the two names or delete the row", "请更正其一或删除此行"});
      return false;
    }
    if (heads_only && !is_head(*tail, *head)) {
      ++not_heads;
      return false;
    }
    const EntityRef from_node =
        buys && !tail->node ? made_supplier(reader, at, *tail, from) : made(*tail, from);
    const EntityRef to_node = same(*tail, *head) ? from_node : made(*head, from);
    if (const std::string_view about = reader.words(at.segment); !about.empty()) {
      const auto segment = directory_.segment(Mention::in(reader, at.segment, about, from));
      if (segment) attributes.segment = SegmentId{*segment};
    }
    if (!attributes.coefficient && reader.has(at.quantity)) {
      const Mention said = Mention::in(reader, at.from, reader.words(at.from), from);
      const auto cost = cost_of(reader, at);
      const auto price = price_above_zero(reader, at.product_price);
      const bool told = !price && !reader.words(at.product_price).empty();
      bill.add(BillOfMaterials::Price{from_node.local, price, told, said});
      if (cost) {
        support_.add_use(to_node.local, from_node.local);
        bill.add(
            BillOfMaterials::Line{from_node.local, to_node.local, *cost, attributes, from, said});
        return true;
      }
    }
    note_words(reader, kind, at, from_node, to_node, attributes, from);
    repeated.look(kind, from_node, to_node, attributes, from, reader.row_number());
    return relate(reader, kind, at, from_node, to_node, attributes, from);
  });
  repeated.tell(table.reader());
  bill.relate(builder_, problems_);
  if (not_heads > 0) note_not_heads(table.reader(), not_heads);
}

// A price; what costs nothing says nothing of what a yuan takes.
std::optional<double> RelationReader::price_above_zero(SheetReader& reader, std::size_t field) {
  const auto price = reader.money(field);
  if (!price || *price > 0) return price;
  reader.report(
      Severity::Warning, "zero-price", field,
      {"at a price of 0 no coefficient can be computed", "价格为 0，无法计算投入系数"},
      {"write the price, or a coefficient (投入系数) instead", "请填写价格，或直接填写投入系数"});
  return std::nullopt;
}

// What a row of a bill of materials costs for a unit of its product; nothing when it does not say.
std::optional<double> RelationReader::cost_of(SheetReader& reader, const Columns& at) {
  const auto quantity = reader.number(at.quantity);
  const auto price = price_above_zero(reader, at.unit_price);
  if (!quantity || !price) {
    if (reader.words(at.quantity).empty() || reader.words(at.unit_price).empty()) {
      reader.report(Severity::Warning, "bill-of-materials", quantity ? at.unit_price : at.quantity,
                    {"without quantity and unit price there is no coefficient",
                     "缺用量或单价，无法计算投入系数"},
                    {"fill in both, or a coefficient (投入系数) instead",
                     "请填写用量和单价，或直接填写投入系数"});
    }
    return std::nullopt;
  }
  const std::string quantity_unit = normalize_width(reader.words(at.quantity_unit));
  const std::string price_unit = normalize_width(reader.words(at.price_unit));
  if (!quantity_unit.empty() && !price_unit.empty() && quantity_unit != price_unit) {
    reader.report(
        Severity::Warning, "mixed-units", at.price_unit,
        {fmt::format("the quantity is in {}, the price is per {}", quantity_unit, price_unit),
         fmt::format("用量单位为 {}，而计价单位为 {}", quantity_unit, price_unit)},
        {"write both in one unit", "请换算成同一单位"});
    return std::nullopt;
  }
  return *quantity * *price;
}

std::optional<RelationReader::End> RelationReader::end(SheetReader& reader, std::size_t field,
                                                       std::span<const EntityKind> allowed) {
  if (!reader.named(field)) return std::nullopt;
  const std::string_view words = reader.words(field);
  if (read_firm_code(normalize_credit_code(words)).kind == FirmCodeKind::IdentityNumber) {
    reader.report(Severity::Error, "identity-number", field,
                  {"this is a person's identity number; it names no firm here",
                   "这是个人身份证号码，不能用来指称企业"},
                  {"write the name or the credit code", "请填写名称或统一社会信用代码"});
    return std::nullopt;
  }
  const NamedEntities found = directory_.called(allowed, words);
  const EntityKind likely = allowed.front();
  const bool may_make =
      (likely == EntityKind::Segment && directory_.makes_segments()) ||
      (likely == EntityKind::Firm && reader.mapping() != nullptr && reader.mapping()->create);
  if (found.count == 0 && may_make) return End{likely, words, std::nullopt};
  // What a spreadsheet made of a code names nobody.
  if (found.count == 0 && reader.code_words(field).empty()) return std::nullopt;
  const auto node = directory_.only(found, reader, field, likely);
  if (!node) return std::nullopt;
  return End{node->kind, words, node};
}

bool RelationReader::same(const End& a, const End& b) {
  if (a.kind != b.kind || a.node.has_value() != b.node.has_value()) return false;
  if (a.node) return *a.node == *b.node;
  return a.kind == EntityKind::Firm
             ? normalize_firm_name(a.words).full == normalize_firm_name(b.words).full
             : normalize_width(a.words) == normalize_width(b.words);
}

// Whether a class's name ends its subclass's, and does not merely occur in it.
bool RelationReader::is_head(const End& part, const End& whole) const {
  const auto name = [&](const End& end) {
    return end.node ? directory_.segments().name(end.node->local) : normalize_width(end.words);
  };
  return name(part).ends_with(name(whole));
}

// Whoever is known to supply a firm that is known is a firm: most of a district's suppliers stand in
// no table of its own.
std::optional<RelationReader::End> RelationReader::supplier(SheetReader& reader, const Columns& at,
                                                            std::span<const EntityKind> allowed) {
  const std::string_view words = reader.words(at.from);
  const bool may_make =
      unknown_suppliers_ == UnknownSuppliers::AreMade && !words.empty() && !is_source_id(words) &&
      read_firm_code(normalize_credit_code(words)).kind == FirmCodeKind::None &&
      directory_.called(allowed, words).count == 0 && directory_.firms().similar(words).empty() &&
      directory_.firms().meant(words).verdict == NameVerdict::Nobody;
  if (!may_make) return end(reader, at.from, allowed);
  if (!reader.named(at.from)) return std::nullopt;
  return End{EntityKind::Firm, words, std::nullopt};
}

EntityRef RelationReader::made_supplier(SheetReader& reader, const Columns& at, const End& end,
                                        const Provenance& from) {
  const EntityRef node = made(end, from);
  const Location location = locate({.name = end.words, .year = from.year()});
  const RegionCode region = location.region.code;
  if (region.known()) builder_.set_region(FirmId{node.local}, location.region);
  reader.report(
      Severity::Note, "new-supplier", at.from,
      {fmt::format("no table of firms has this supplier; it counts as a firm{}",
                   region.known() ? ", by its name in " + region_full_name(region)
                                  : " whose region is not known"),
       fmt::format("企业表中没有此供应商；按一家企业计{}",
                   region.known() ? "，据名称在" + region_full_name(region) : "，地区不明")},
      {"add it to a table of firms to say more about it; --known-firms-only refuses such rows",
       "可在企业表中补充其信息；如不应采用，请加 --known-firms-only"});
  if (reader.words(at.segment).empty()) {
    reader.report(Severity::Warning, "purchase-of-what", at.segment,
                  {"neither the row nor any table says what this supplier sells, so the purchase "
                   "counts for no "
                   "segment",
                   "此行未写产品，也没有资料说明该供应商的产品，此笔采购无法计入任何环节"},
                  {"write the product in a column 产品, or the supplier's products or industry",
                   "请在“产品”列填写所购产品，或补充该供应商的主营产品或行业"});
  }
  return node;
}

EntityRef RelationReader::made(const End& end, const Provenance& from) {
  if (end.node) return *end.node;
  if (end.kind == EntityKind::Segment) {
    return SegmentId{directory_.segments().add(end.words, from)};
  }
  std::string code = normalize_credit_code(end.words);
  if (read_firm_code(code).kind == FirmCodeKind::None) code.clear();
  return FirmId{directory_.firms().add(end.words, code, from)};
}

bool RelationReader::relate(SheetReader& reader, RelationKind kind, const Columns& at,
                            EntityRef tail, EntityRef head, const EdgeAttributes& attributes,
                            const Provenance& from) {
  switch (kind) {
    case RelationKind::Makes:
      support_.add_maker(head.local, tail.local);
      support_.add_sale({tail.local, head.local, attributes.share, attributes.amount});
      support_.state(tail.local);
      break;
    case RelationKind::Trades:
      support_.state(tail.local);
      break;
    case RelationKind::PartOf:
      return taxonomy_.add(tail.local, head.local,
                           Mention::in(reader, at.to, reader.words(at.to), from), Severity::Error);
    case RelationKind::Requires:
      support_.add_use(head.local, tail.local);
      if (trusts_support(reader)) {
        support_.await(tail.local, head.local, attributes, from);
        return true;
      }
      break;
    default:
      break;
  }
  builder_.relate(kind, tail, head, attributes, from);
  return true;
}

void RelationReader::read_covers(InputTable& table) {
  const std::size_t from_field = table.reader().field("from");
  const std::size_t region_field = table.reader().field("region");
  table.each_row([&](SheetReader& reader) {
    if (!reader.named(from_field)) return false;
    const auto region = reader.region(region_field);
    if (reader.words(region_field).empty()) {
      reader.report(Severity::Error, "missing-region", region_field,
                    {"the row names no region", "此行没有地区"},
                    {"write a code such as 500104 or a full name such as 重庆市大渡口区",
                     "请填写代码（如 500104）或全称（如 重庆市大渡口区）"});
    }
    constexpr EntityKind kKinds[] = {EntityKind::Organization};
    const auto found = directory_.called(kKinds, reader.words(from_field));
    const auto node = directory_.only(found, reader, from_field, EntityKind::Organization);
    if (!node || !region) return false;
    builder_.cover(OrganizationId{node->local}, *region);
    return true;
  });
}

}  // namespace liantu
