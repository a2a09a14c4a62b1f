#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/kinds.hpp"

namespace LIANTU_API liantu {

/// What `covers` rows are: an organization and a region it works in.
struct Covers {
  friend bool operator==(const Covers&, const Covers&) = default;
};

/// What the rows of a table are: entities of a kind, instances of a relation, or `covers` rows.
using TableMeaning = std::variant<EntityKind, RelationKind, Covers>;

/// `firm`, `supplies`, `covers`, …: the word used in mappings.
[[nodiscard]] std::string_view meaning_word(const TableMeaning& meaning);
/// The word people read: firm 企业, supplies 供货, ….
[[nodiscard]] Text meaning_text(const TableMeaning& meaning);
/// The meaning that a word names, or nothing.
[[nodiscard]] std::optional<TableMeaning> parse_meaning(std::string_view word);

/// How a cell is read.
enum class FieldType : std::uint8_t {
  Name,    ///< words, required to be there
  Text,    ///< words
  List,    ///< words separated by ; ； 、 or |
  Code,    ///< unified social credit code
  Region,  ///< region code, or the name of a division
  Money,   ///< CNY; the heading may carry 万元 or 亿元
  Number,  ///< number ≥ 0
  Share,   ///< fraction of 1 or per cent, [0, 1]
  Date,
  Flag,  ///< yes, y, true, 1, 是, √, ★
  Basis,
};

/// One field of a kind of table.
struct Field {
  std::string_view key;  ///< canonical heading, also the word in mappings
  FieldType type = FieldType::Text;
  bool required = false;                    ///< a table without this column cannot be read
  std::span<const std::string_view> names;  ///< other headings it goes by
  Text meaning;                             ///< with unit
  std::string_view unit;                    ///< of a quantity: 亩, 千瓦时; empty for all others
};

/// The fields of a kind of table, required ones first.
[[nodiscard]] std::span<const Field> fields(const TableMeaning& meaning);

/// All meanings, in the order in which tables are read.
[[nodiscard]] std::span<const TableMeaning> table_meanings();

/// A heading taken apart: `注册资本（万元）` is `注册资本` with multiplier 1e4.
struct Heading {
  std::string name;       ///< half-width, lower case, without unit and blanks
  double multiplier = 1;  ///< what amounts and shares below it are multiplied by, see unit_factor()
  std::string unit;       ///< as it stood there, 万元; empty when none did
  std::string currency;   ///< of an amount in another currency, "USD"; the name keeps the unit then
};

/// Takes a heading apart; a unit (元, 万元, 亿元, 人, 亩, 平方米, 万千瓦时, %, CNY …) at its end is taken off,
/// whether in brackets of any kind, with 单位 before it, or behind a slash: `产值（单位：万元）`,
/// `产值【万元】`, `产值/万元`. Of a heading of two lines, joined by a slash, either may have the
/// unit.
[[nodiscard]] Heading read_heading(std::string_view text);

/// The year that a heading names, and the heading without it: 2024 and `产值` of `2024年产值`,
/// `2024年/产值` and `产值(2024)`; 0 when it names none or nothing else.
struct HeadingYear {
  std::string name;
  int year = 0;
};
[[nodiscard]] HeadingYear read_heading_year(std::string_view name);

/// What a unit above a table makes of amounts without one: multiplier and currency; nothing when it
/// is not a unit of money.
[[nodiscard]] std::optional<Heading> read_money_unit(std::string_view unit);

/// What a number in a unit is multiplied by to be one of a field: 15 for 公顷 of land, which is
/// counted in 亩; nothing when the unit measures something else, or is in another currency.
[[nodiscard]] std::optional<double> unit_factor(const Field& field, std::string_view unit);

/// The field of a meaning that a heading names, or nothing.
[[nodiscard]] const Field* find_field(const TableMeaning& meaning, std::string_view heading);

/// How closely a heading means the field that find_field() finds for it: 0 is the field's own key,
/// then its other headings in their order, so that 注册地址 comes before 经营地址.
[[nodiscard]] std::size_t heading_rank(const Field& field, std::string_view heading);

/// Whether a heading names a field of any meaning; tells headings from titles and data.
[[nodiscard]] bool is_known_heading(std::string_view heading);

/// What a table may be: by the stem of its file's name (`firms.csv`, `企业.csv`), else the meanings
/// that explain most of its headings.
///
/// @param stem      File name without extension.
/// @param headings  Column names as read.
/// @return          One meaning when it is clear, several, in the order of table_meanings(), when
///                  they explain the headings equally well, none when no meaning has all its
///                  required fields.
[[nodiscard]] std::vector<TableMeaning> recognize_table(std::string_view stem,
                                                        std::span<const std::string> headings);

}  // namespace liantu
