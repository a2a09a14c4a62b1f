#include "tables/standards.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/core/string_map.hpp"
#include "base/text/excerpt.hpp"
#include "liantu/base/files/json.hpp"
#include "liantu/base/text/error.hpp"
#include "tables/cells/table_writer.hpp"
#include "tables/plain/json_path.hpp"

namespace liantu {
namespace {

// A table that is made of rows of another.
class MadeTable {
 public:
  MadeTable(const Table& source, const TableOptions& options,
            const std::vector<std::string_view>& columns)
      : source_(source), writer_(source.file(), options, 0), width_(columns.size()) {
    writer_.set_sheet(source.sheet());
    const InputPlace at = source.header();
    for (const std::string_view column : columns) {
      writer_.add_column(std::string(column), {at.line, at.column});
    }
  }

  /// A row with these cells, at the place of a source row.
  void add(std::size_t source_row, const std::vector<std::string>& cells) {
    const InputPlace at = source_.place(source_row);
    const std::size_t begin = text_.size();
    // Several rows may be made of one.
    last_ = std::max(last_ + 1, at.row);
    writer_.begin_row({begin, 0, 0, last_, at.line, at.column});
    for (std::uint32_t i = 0; i < cells.size() && i < width_; ++i) {
      if (cells[i].empty()) continue;
      const std::size_t from = text_.size();
      text_ += cells[i];
      writer_.check_field(cells[i].size(), {at.line, at.column});
      writer_.check_row(text_.size() - begin, {at.line, at.column});
      writer_.add_cell({static_cast<std::uint32_t>(from - begin),
                        static_cast<std::uint32_t>(cells[i].size()), at.line, at.column},
                       i);
    }
    writer_.end_row();
    writer_.tick(text_.size());
  }

  [[nodiscard]] TableWriter& writer() { return writer_; }
  [[nodiscard]] std::size_t rows() const { return writer_.rows(); }
  [[nodiscard]] Table finish() { return writer_.finish(std::move(text_), source_.encoding()); }

 private:
  const Table& source_;
  TableWriter writer_;
  std::size_t width_;
  std::string text_;
  std::uint32_t last_ = 0;
};

bool is_credit_code(std::string_view text) {
  return text.size() == 18 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
         });
}

// Dates of these standards may carry a time and a zone.
std::string day(std::string_view text) {
  const std::size_t time = text.find('T');
  return std::string(text.substr(0, time));
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ';';
    out += word;
  }
  return out;
}

// What is made of a standard's rows, and what is not.
class Standard {
 public:
  Standard(const Table& table, const TableOptions& options)
      : table_(table),
        firms_(table, options,
               {"企业名称", "id", "统一社会信用代码", "住所", "成立日期", "登记状态", "企业类型",
                "别名", "数据日期"}),
        persons_(table, options, {"姓名", "id", "数据日期"}),
        owns_(table, options,
              {"股东", "被投企业", "持股比例", "起始日期", "截止日期", "数据日期", "依据"}),
        serves_(table, options, {"人员", "任职企业", "职务", "起始日期", "截止日期", "数据日期"}) {}

  std::vector<Table> finish() {
    for (const Problem& problem : table_.problems()) {
      firms_.writer().add_problem(problem.severity, problem.place.row,
                                  {problem.place.line, problem.place.column}, problem.kind,
                                  problem.value, problem.what, problem.remedy);
    }
    for (const auto& [what, count] : left_) {
      const InputPlace at = table_.place(count.row);
      firms_.writer().add_problem(
          Severity::Note, at.row, {at.line, at.column}, "not-in-graph", what,
          {fmt::format("{} records, this one first, are not read: {}", count.number, what),
           fmt::format("有 {} 条记录（此为第一条）未读取：{}", count.number, count.zh)},
          {"nothing need be done; the graph has no place for them",
           "无需处理；关联图不含此类内容"});
    }
    std::vector<Table> tables;
    for (MadeTable* made : {&firms_, &persons_, &owns_, &serves_}) {
      if (made->rows() > 0 || made == &firms_) tables.push_back(made->finish());
    }
    // Holdings alone say who is meant; an empty table of firms would say nothing.
    if (tables.size() > 1 && tables.front().size() == 0 && tables.front().problems().empty()) {
      tables.erase(tables.begin());
    }
    return tables;
  }

 protected:
  [[nodiscard]] std::string cell(std::size_t row, std::string_view column) const {
    const auto at = table_.column(column);
    return at ? std::string(table_.cell(row, *at).text) : std::string();
  }

  [[nodiscard]] JsonValue json(std::size_t row, std::string_view column) const {
    const std::string text = cell(row, column);
    if (!text.starts_with('{') && !text.starts_with('[')) return {};
    return parse_json(text, table_.place(row).to_string());
  }

  // Says that something of a row is not read.
  void leave(std::size_t row, const Text& what) {
    const auto [at, fresh] = left_.try_emplace(what.en, Left{0, row, what.zh});
    ++at->second.number;
  }

  const Table& table_;
  MadeTable firms_;
  MadeTable persons_;
  MadeTable owns_;
  MadeTable serves_;

 private:
  struct Left {
    std::uint64_t number = 0;
    std::size_t row = 0;
    std::string zh;
  };
  std::map<std::string, Left> left_;
};

std::string text_at(const JsonValue& value, std::string_view member) {
  const JsonValue* found = value.find(member);
  return found == nullptr ? std::string() : cell_text(*found);
}

const JsonValue::Array& list_at(const JsonValue& value, std::string_view member) {
  static const JsonValue::Array kNone;
  const JsonValue* found = value.as_object() == nullptr ? nullptr : value.find(member);
  return found == nullptr || found->as_array() == nullptr ? kNone : *found->as_array();
}

class Bods : public Standard {
 public:
  using Standard::Standard;

  std::vector<Table> read() {
    // The last statement on a record counts.
    StringMap<std::size_t> last;
    for (std::size_t row = 0; row < table_.size(); ++row) last[cell(row, "recordId")] = row;
    for (std::size_t row = 0; row < table_.size(); ++row) {
      const std::string record = cell(row, "recordId");
      if (!record.empty() && last[record] != row) continue;
      const JsonValue details = json(row, "recordDetails");
      if (details.as_object() == nullptr) {
        leave(row, {"statement without details", "没有 recordDetails 的声明"});
        continue;
      }
      const std::string type = cell(row, "recordType");
      if (type == "entity") {
        add_entity(row, record, details);
      } else if (type == "person") {
        add_person(row, record, details);
      } else if (type == "relationship") {
        add_relationship(row, details);
      } else {
        leave(row, {"statement of type " + excerpt(type), "类型为 " + excerpt(type) + " 的声明"});
      }
    }
    return finish();
  }

 private:
  void add_entity(std::size_t row, const std::string& record, const JsonValue& details) {
    std::string code;
    for (const JsonValue& identifier : list_at(details, "identifiers")) {
      const std::string id = text_at(identifier, "id");
      const std::string scheme = text_at(identifier, "scheme");
      if (scheme.starts_with("CN") && is_credit_code(id)) code = id;
    }
    std::string address;
    for (const JsonValue& one : list_at(details, "addresses")) {
      if (address.empty() || text_at(one, "type") == "registered") {
        address = text_at(one, "address");
      }
    }
    const JsonValue* type = details.find("entityType");
    std::string name = text_at(details, "name");
    // One of which nothing is known but that it is there.
    if (name.empty()) name = record;
    firms_.add(row, {name,
                     record,
                     code,
                     address,
                     day(text_at(details, "foundingDate")),
                     {},
                     type != nullptr && type->as_object() != nullptr ? text_at(*type, "type")
                                                                     : std::string(),
                     text_at(details, "alternateNames"),
                     day(cell(row, "statementDate"))});
  }

  void add_person(std::size_t row, const std::string& record, const JsonValue& details) {
    std::string name;
    for (const JsonValue& one : list_at(details, "names")) {
      if (name.empty() || text_at(one, "type") == "legal") name = text_at(one, "fullName");
    }
    if (name.empty()) name = record;
    persons_.add(row, {name, record, day(cell(row, "statementDate"))});
  }

  void add_relationship(std::size_t row, const JsonValue& details) {
    const JsonValue* subject = details.find("subject");
    const JsonValue* party = details.find("interestedParty");
    if (subject == nullptr || subject->as_string() == nullptr || party == nullptr ||
        party->as_string() == nullptr) {
      leave(row, {"relationship whose parties are not stated", "未写明双方的关系"});
      return;
    }
    const bool closed = cell(row, "recordStatus") == "closed";
    bool any = false;
    for (const JsonValue& interest : list_at(details, "interests")) {
      any = true;
      const std::string type = text_at(interest, "type");
      if (text_at(interest, "directOrIndirect") == "indirect") {
        leave(row, {"indirect interest, which follows from direct ones",
                    "间接权益（可由直接权益推出）"});
        continue;
      }
      std::string until = day(text_at(interest, "endDate"));
      if (until.empty() && closed) until = day(cell(row, "statementDate"));
      const std::string since = day(text_at(interest, "startDate"));
      const std::string as_of = day(cell(row, "statementDate"));
      if (type == "shareholding") {
        const Share share = share_of(row, interest);
        owns_.add(row, {*party->as_string(), *subject->as_string(), share.words, since, until,
                        as_of, share.basis});
      } else if (type == "boardMember" || type == "boardChair" ||
                 type == "seniorManagingOfficial") {
        serves_.add(row, {*party->as_string(), *subject->as_string(), type, since, until, as_of});
      } else {
        const std::string kind = type.empty() ? "unknown" : excerpt(type);
        leave(row, {"interest of type " + kind, "类型为 " + kind + " 的权益"});
      }
    }
    if (!any) leave(row, {"relationship without interests", "没有权益的关系"});
  }

  struct Share {
    std::string words;
    std::string basis;  ///< empty: as its record says
  };

  // Of a range only its lower end is sure, and what lies above it an estimate would have to say.
  Share share_of(std::size_t row, const JsonValue& interest) {
    const JsonValue* share = interest.find("share");
    if (share == nullptr || share->as_object() == nullptr) return {};
    const std::string exact = text_at(*share, "exact");
    if (!exact.empty()) return {exact + "%", {}};
    std::string least = text_at(*share, "minimum");
    if (least.empty()) least = text_at(*share, "exclusiveMinimum");
    if (least.empty()) return {};
    leave(row, {"the upper end of a range of shares, whose lower end is read as an estimate",
                "持股比例区间的上限（以下限作为估算读取）"});
    return {least + "%", "estimated"};
  }
};

class FollowTheMoney : public Standard {
 public:
  using Standard::Standard;

  std::vector<Table> read() {
    for (std::size_t row = 0; row < table_.size(); ++row) {
      const std::string schema = cell(row, "schema");
      const JsonValue properties = json(row, "properties");
      if (properties.as_object() == nullptr) {
        leave(row, {"entity without properties", "没有 properties 的实体"});
      } else if (schema == "Company" || schema == "Organization" || schema == "LegalEntity" ||
                 schema == "PublicBody") {
        add_firm(row, schema, properties);
      } else if (schema == "Person") {
        persons_.add(row, {first(properties, "name"), cell(row, "id"), {}});
      } else if (schema == "Ownership") {
        add_pairs(owns_, row, properties, "owner", "asset", percentage(properties));
      } else if (schema == "Directorship") {
        add_pairs(serves_, row, properties, "director", "organization", first(properties, "role"));
      } else if (schema == "Employment") {
        add_pairs(serves_, row, properties, "employee", "employer", first(properties, "role"));
      } else {
        leave(row,
              {"entity of schema " + excerpt(schema), "模式为 " + excerpt(schema) + " 的实体"});
      }
    }
    return finish();
  }

 private:
  static std::vector<std::string> all(const JsonValue& properties, std::string_view member) {
    std::vector<std::string> words;
    for (const JsonValue& one : list_at(properties, member)) {
      if (one.as_array() == nullptr) words.push_back(cell_text(one));
    }
    std::erase(words, "");
    return words;
  }
  static std::string first(const JsonValue& properties, std::string_view member) {
    const auto words = all(properties, member);
    return words.empty() ? std::string() : words.front();
  }

  void add_firm(std::size_t row, const std::string& schema, const JsonValue& properties) {
    std::vector<std::string> names = all(properties, "name");
    const std::string name = names.empty() ? cell(row, "caption") : names.front();
    if (!names.empty()) names.erase(names.begin());
    for (const char* other : {"alias", "previousName"}) {
      std::ranges::move(all(properties, other), std::back_inserter(names));
    }
    std::string code;
    for (const char* member : {"uscCode", "registrationNumber", "idNumber"}) {
      for (const std::string& number : all(properties, member)) {
        if (code.empty() && is_credit_code(number)) code = number;
      }
    }
    const std::string form = first(properties, "legalForm");
    firms_.add(row, {name,
                     cell(row, "id"),
                     code,
                     first(properties, "address"),
                     day(first(properties, "incorporationDate")),
                     first(properties, "status"),
                     form.empty() ? schema : form,
                     joined(names),
                     {}});
  }

  static std::string percentage(const JsonValue& properties) {
    const std::string share = first(properties, "percentage");
    return share.empty() || share.ends_with('%') ? share : share + "%";
  }

  void add_pairs(MadeTable& made, std::size_t row, const JsonValue& properties,
                 std::string_view from, std::string_view to, const std::string& detail) {
    const auto ones = all(properties, from);
    const auto others = all(properties, to);
    if (ones.empty() || others.empty())
      leave(row, {"link whose ends are not stated", "未写明两端的关系"});
    for (const std::string& one : ones) {
      for (const std::string& other : others) {
        made.add(row, {one, other, detail, day(first(properties, "startDate")),
                       day(first(properties, "endDate")), day(first(properties, "date"))});
      }
    }
  }
};

class Gleif : public Standard {
 public:
  using Standard::Standard;

  std::vector<Table> read_entities() {
    for (std::size_t row = 0; row < table_.size(); ++row) {
      const std::string number =
          cell(row, "Entity.RegistrationAuthority.RegistrationAuthorityEntityID");
      const bool chinese = cell(row, "Entity.LegalJurisdiction").starts_with("CN") ||
                           cell(row, "Entity.LegalAddress.Country") == "CN";
      std::string address = cell(row, "Entity.LegalAddress.FirstAddressLine");
      for (const char* part : {"1", "2", "3"}) {
        address += cell(row, fmt::format("Entity.LegalAddress.AdditionalAddressLine.{}", part));
      }
      std::vector<std::string> others;
      for (int i = 1; i <= 5; ++i) {
        std::string other = cell(row, fmt::format("Entity.OtherEntityNames.OtherEntityName.{}", i));
        if (!other.empty()) others.push_back(std::move(other));
      }
      firms_.add(row, {cell(row, "Entity.LegalName"), cell(row, "LEI"),
                       chinese && is_credit_code(number) ? number : std::string(), address,
                       day(cell(row, "Entity.EntityCreationDate")),
                       cell(row, "Entity.EntityStatus"), cell(row, "Entity.EntityCategory"),
                       joined(others), day(cell(row, "Registration.LastUpdateDate"))});
    }
    return finish();
  }

  std::vector<Table> read_relationships() {
    for (std::size_t row = 0; row < table_.size(); ++row) {
      const std::string type = cell(row, "Relationship.RelationshipType");
      if (type != "IS_DIRECTLY_CONSOLIDATED_BY") {
        leave(row,
              {"relationship of type " + excerpt(type), "类型为 " + excerpt(type) + " 的关系"});
        continue;
      }
      std::string share;
      for (int i = 1; i <= 5; ++i) {
        const auto part = [&](std::string_view name) {
          return cell(row, fmt::format("Relationship.Quantifiers.{}.{}", i, name));
        };
        if (share.empty() && part("QuantifierUnits") == "PERCENTAGE") {
          share = part("QuantifierAmount");
          if (!share.empty()) share += '%';
        }
      }
      std::string since;
      std::string until;
      for (int i = 1; i <= 5; ++i) {
        const auto part = [&](std::string_view name) {
          return cell(row, fmt::format("Relationship.Period.{}.{}", i, name));
        };
        const std::string kind = part("periodType");
        if (kind != "RELATIONSHIP_PERIOD" && !(kind.empty() && i == 1)) continue;
        since = day(part("startDate"));
        until = day(part("endDate"));
      }
      const std::string updated = day(cell(row, "Registration.LastUpdateDate"));
      if (until.empty() && cell(row, "Relationship.RelationshipStatus") == "INACTIVE") {
        until = updated;
      }
      owns_.add(row, {cell(row, "Relationship.EndNode.NodeID"),
                      cell(row, "Relationship.StartNode.NodeID"), share, since, until, updated});
    }
    return finish();
  }
};

}  // namespace

std::optional<std::vector<Table>> read_standard(const Table& table, const TableOptions& options) {
  const auto has = [&](std::initializer_list<std::string_view> columns) {
    return std::ranges::all_of(columns,
                               [&](std::string_view one) { return table.column(one).has_value(); });
  };
  if (has({"statementType", "statementID"}) || has({"statementType", "statementDate"})) {
    throw Error(
        ErrorCode::InvalidData, table.header(),
        {"these are BODS statements of version 0.3 or older", "这是 0.3 或更早版本的 BODS 声明"},
        {"convert them to 0.4, for instance with the standard's own tools",
         "请先转换为 0.4（可用该标准自带的工具）"});
  }
  if (has({"recordId", "recordType", "recordDetails"})) return Bods(table, options).read();
  if (has({"id", "schema", "properties"})) return FollowTheMoney(table, options).read();
  if (has({"LEI", "Entity.LegalName"})) return Gleif(table, options).read_entities();
  if (has({"Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID",
           "Relationship.RelationshipType"})) {
    return Gleif(table, options).read_relationships();
  }
  return std::nullopt;
}

}  // namespace liantu
