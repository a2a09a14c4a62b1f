#include "support/sketch.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "liantu/graph/builder.hpp"

namespace liantu::test {
namespace {

using Attributes = std::vector<std::pair<std::string, std::string>>;

constexpr std::array<std::pair<std::string_view, EntityKind>, 6> kPrefixes = {{
    {"@", EntityKind::Person},
    {"person:", EntityKind::Person},
    {"firm:", EntityKind::Firm},
    {"seg:", EntityKind::Segment},
    {"org:", EntityKind::Organization},
    {"site:", EntityKind::Site},
}};

const std::map<std::string_view, EntityNumber> kNumbers = {
    {"capital", EntityNumber::RegisteredCapital},
    {"revenue", EntityNumber::Revenue},
    {"tax", EntityNumber::Tax},
    {"staff", EntityNumber::Staff},
    {"research", EntityNumber::Research},
    {"energy", EntityNumber::Energy},
    {"emission", EntityNumber::Emission},
    {"land", EntityNumber::Land},
    {"value_added", EntityNumber::ValueAdded},
    {"electricity", EntityNumber::Electricity},
    {"plot_ratio", EntityNumber::PlotRatio},
    {"floor", EntityNumber::FloorSpace},
    {"output_share", EntityNumber::OutputShare},
};

const std::map<std::string_view, EntityText> kTexts = {
    {"code", EntityText::Code},         {"key", EntityText::Key},
    {"industry", EntityText::Industry}, {"aliases", EntityText::Aliases},
    {"alias", EntityText::Aliases},     {"address", EntityText::Address},
    {"status", EntityText::Status},     {"type", EntityText::Type},
    {"scope", EntityText::Scope},       {"tags", EntityText::Tags},
    {"risks", EntityText::Risks},       {"risk", EntityText::Risks},
};

[[noreturn]] void fail(const std::string& what, std::string_view value) {
  throw std::invalid_argument("sketch: " + what + ": `" + std::string(value) + "`");
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

template <typename T>
T read_number(std::string_view text) {
  T value{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) fail("no number", text);
  return value;
}

Date read_date(std::string_view text) {
  Date date;
  const std::size_t dash = std::min(text.find('-'), text.size());
  date.year = read_number<std::int16_t>(text.substr(0, dash));
  if (dash == text.size()) return date;
  std::string_view rest = text.substr(dash + 1);
  const std::size_t second = std::min(rest.find('-'), rest.size());
  date.month = read_number<std::uint8_t>(rest.substr(0, second));
  if (second != rest.size()) date.day = read_number<std::uint8_t>(rest.substr(second + 1));
  return date;
}

Basis read_basis(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, Basis>, 4> kWords = {
      {{"stated", Basis::Stated},
       {"counted", Basis::Counted},
       {"estimated", Basis::Estimated},
       {"inferred", Basis::Inferred}}};
  for (const auto& [word, basis] : kWords) {
    if (text == word) return basis;
  }
  fail("no basis", text);
}

/// `value` or `value:basis`.
std::pair<std::string_view, Basis> split_basis(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {text, Basis::Stated};
  return {text.substr(0, colon), read_basis(text.substr(colon + 1))};
}

struct Entity {
  EntityKind kind;
  std::string name;
  Attributes attributes;
};

struct Mention {
  std::optional<EntityKind> kind;  ///< stated by a prefix
  std::string name;
  Attributes attributes;
};

struct Arrow {
  std::string relation;
  Attributes attributes;
};

struct Instance {
  RelationKind relation;
  std::size_t from;
  std::size_t to;
  std::optional<std::size_t> segment;
  Attributes attributes;
};

class Sketch {
 public:
  explicit Sketch(std::string_view text) : text_(text) {}

  EnterpriseGraph draw() {
    while (!at_end()) {
      if (!skip_blank_statement()) read_statement();
    }
    return build();
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] bool at_separator() const { return text_[at_] == ';' || text_[at_] == '\n'; }

  bool skip_blank_statement() {
    if (!at_separator() && text_[at_] != ' ') return false;
    ++at_;
    return true;
  }

  /// The relation word of an arrow that starts here, with its dash; empty when none does.
  [[nodiscard]] std::string_view arrow_word() const {
    if (text_[at_] != '-') return {};
    std::size_t end = at_ + 1;
    while (end < text_.size() && ((text_[end] >= 'a' && text_[end] <= 'z') || text_[end] == '_')) {
      ++end;
    }
    const std::string_view rest = text_.substr(end);
    if (end == at_ + 1 || !(rest.starts_with("->") || rest.starts_with("{"))) return {};
    return text_.substr(at_ + 1, end - at_ - 1);
  }

  Attributes read_attributes() {
    Attributes attributes;
    if (at_end() || text_[at_] != '{') return attributes;
    const std::size_t close = text_.find('}', at_);
    if (close == std::string_view::npos) fail("`}` is missing after", text_.substr(at_));
    std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    while (!trimmed(inside).empty()) {
      const std::size_t comma = std::min(inside.find(','), inside.size());
      const std::string_view attribute = trimmed(inside.substr(0, comma));
      const std::size_t equals = std::min(attribute.find('='), attribute.size());
      attributes.emplace_back(trimmed(attribute.substr(0, equals)),
                              trimmed(attribute.substr(std::min(equals + 1, attribute.size()))));
      inside.remove_prefix(std::min(comma + 1, inside.size()));
    }
    return attributes;
  }

  Mention read_mention() {
    const std::size_t begin = at_;
    while (!at_end() && !at_separator() && text_[at_] != '{' && arrow_word().empty()) ++at_;
    std::string_view name = trimmed(text_.substr(begin, at_ - begin));
    Mention mention;
    for (const auto& [prefix, kind] : kPrefixes) {
      if (!name.starts_with(prefix)) continue;
      mention.kind = kind;
      name = trimmed(name.substr(prefix.size()));
      break;
    }
    if (name.empty()) fail("a name is missing before", text_.substr(at_));
    mention.name = name;
    mention.attributes = read_attributes();
    skip_spaces();
    return mention;
  }

  std::optional<Arrow> read_arrow() {
    if (at_end() || at_separator()) return std::nullopt;
    const std::string_view word = arrow_word();
    if (word.empty()) fail("neither an arrow nor `;`", text_.substr(at_));
    at_ += word.size() + 1;
    Arrow arrow{std::string(word), read_attributes()};
    if (!text_.substr(at_).starts_with("->")) fail("`->` is missing before", text_.substr(at_));
    at_ += 2;
    skip_spaces();
    return arrow;
  }

  void skip_spaces() {
    while (!at_end() && text_[at_] == ' ') ++at_;
  }

  void read_statement() {
    Mention from = read_mention();
    std::optional<Arrow> arrow = read_arrow();
    if (!arrow) {
      add_attributes(find_or_add(from, {}), from);
      return;
    }
    while (arrow) {
      Mention to = read_mention();
      if (arrow->relation == "covers") {
        const std::size_t organization = find_or_add(from, {EntityKind::Organization});
        add_attributes(organization, from);
        covers_.emplace_back(organization, RegionCode{read_number<std::uint32_t>(to.name)});
      } else {
        relate(from, *arrow, to);
      }
      // A middle entity has given its attributes; as the start of the next arrow it is only named.
      to.attributes.clear();
      from = std::move(to);
      arrow = read_arrow();
    }
  }

  void relate(const Mention& from, const Arrow& arrow, const Mention& to) {
    const std::optional<RelationKind> relation = parse_relation(arrow.relation);
    if (!relation) fail("no relation", arrow.relation);
    std::vector<EntityKind> from_kinds;
    std::vector<EntityKind> to_kinds;
    for (const EntityKind a : kEntityKinds) {
      for (const EntityKind b : kEntityKinds) {
        if (!relation_allows(*relation, a, b)) continue;
        if (std::find(from_kinds.begin(), from_kinds.end(), a) == from_kinds.end()) {
          from_kinds.push_back(a);
        }
        if (std::find(to_kinds.begin(), to_kinds.end(), b) == to_kinds.end()) to_kinds.push_back(b);
      }
    }
    Instance instance{*relation, 0, 0, {}, {}};
    instance.from = find_or_add(from, from_kinds);
    add_attributes(instance.from, from);
    for (const auto& attribute : arrow.attributes) {
      if (attribute.first == "segment") {
        instance.segment = find_or_add({EntityKind::Segment, attribute.second, {}}, {});
      } else {
        instance.attributes.push_back(attribute);
      }
    }
    instance.to = find_or_add(to, to_kinds);
    add_attributes(instance.to, to);
    instances_.push_back(std::move(instance));
  }

  /// @param kinds  Kinds it may be, the usual one first; empty: any.
  std::size_t find_or_add(const Mention& mention, const std::vector<EntityKind>& kinds) {
    EntityKind kind = EntityKind::Firm;
    if (mention.kind) {
      kind = *mention.kind;
      if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
        fail("this relation does not join such an entity", mention.name);
      }
    } else if (!kinds.empty()) {
      kind = kinds.front();
    } else {
      const auto known = std::find_if(entities_.begin(), entities_.end(),
                                      [&](const Entity& e) { return e.name == mention.name; });
      if (known != entities_.end()) kind = known->kind;
    }
    for (std::size_t i = 0; i < entities_.size(); ++i) {
      if (entities_[i].kind == kind && entities_[i].name == mention.name) return i;
    }
    entities_.push_back({kind, mention.name, {}});
    return entities_.size() - 1;
  }

  void add_attributes(std::size_t entity, const Mention& mention) {
    Attributes& attributes = entities_[entity].attributes;
    attributes.insert(attributes.end(), mention.attributes.begin(), mention.attributes.end());
  }

  /// Takes what `word` says about provenance; false when it says something else.
  bool take_provenance(const std::string& word, const std::string& value, Provenance& provenance) {
    if (word == "conf") {
      provenance.confidence = read_number<float>(value);
    } else if (word == "basis") {
      provenance.basis = read_basis(value);
    } else if (word == "year" || word == "as_of") {
      provenance.as_of = read_date(value);
    } else if (word == "since") {
      provenance.since = read_date(value);
    } else if (word == "until") {
      provenance.until = read_date(value);
    } else if (word == "source") {
      provenance.source = builder_.add_source({value, "", ""});
    } else if (word == "row") {
      provenance.row = read_number<std::uint32_t>(value);
    } else {
      return false;
    }
    return true;
  }

  void set(EntityRef node, const std::string& word, const std::string& value) {
    if (const auto text = kTexts.find(word); text != kTexts.end()) {
      builder_.set(node, text->second, value);
    } else if (const auto number = kNumbers.find(word); number != kNumbers.end()) {
      const auto [figure, basis] = split_basis(value);
      builder_.set(node, number->second, Figure{read_number<double>(figure), basis});
    } else if (word == "region") {
      const auto [code, basis] = split_basis(value);
      builder_.set_region(node, {RegionCode{read_number<std::uint32_t>(code)}, basis});
    } else if (word == "founded") {
      builder_.set_founded(node, read_date(value));
    } else if (word == "anchor" && value.empty() && node.kind == EntityKind::Firm) {
      builder_.set_anchor(FirmId{node.local});
    } else {
      fail("no attribute of an entity", word);
    }
  }

  EnterpriseGraph build() {
    std::vector<EntityRef> nodes;
    for (const Entity& entity : entities_) {
      Provenance provenance;
      Attributes others;
      for (const auto& [word, value] : entity.attributes) {
        if (!take_provenance(word, value, provenance)) others.emplace_back(word, value);
      }
      const EntityRef node = builder_.add(entity.kind, entity.name, provenance);
      for (const auto& [word, value] : others) set(node, word, value);
      nodes.push_back(node);
    }
    for (const Instance& instance : instances_) {
      EdgeAttributes attributes;
      Provenance provenance;
      if (instance.segment) attributes.segment = SegmentId{nodes[*instance.segment].local};
      for (const auto& [word, value] : instance.attributes) {
        if (word == "amount" || word == "output") {
          attributes.amount = read_number<double>(value);
        } else if (word == "share") {
          attributes.share = read_number<double>(value);
        } else if (word == "coef") {
          attributes.coefficient = read_number<double>(value);
        } else if (word == "sub") {
          attributes.substitutability = read_number<double>(value);
        } else if (word == "imports") {
          attributes.import_share = read_number<double>(value);
        } else if (word == "detail" || word == "role") {
          attributes.detail = value;
        } else if (!take_provenance(word, value, provenance)) {
          fail("no attribute of a relation", word);
        }
      }
      builder_.relate(instance.relation, nodes[instance.from], nodes[instance.to], attributes,
                      provenance);
    }
    for (const auto& [organization, region] : covers_) {
      builder_.cover(OrganizationId{nodes[organization].local}, region);
    }
    return builder_.build();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Entity> entities_;
  std::vector<Instance> instances_;
  std::vector<std::pair<std::size_t, RegionCode>> covers_;
  GraphBuilder builder_;
};

template <typename Id>
Id only(const EnterpriseGraph& graph, EntityKind kind, std::string_view name) {
  std::optional<Id> found;
  for (std::uint32_t i = 0; i < graph.size(kind); ++i) {
    if (graph.name(graph.entity(kind, i)) != name) continue;
    if (found) fail("several entities have the name", name);
    found = Id{i};
  }
  if (!found) fail("no entity has the name", name);
  return *found;
}

/// Random choices that are the same with every standard library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  /// 0 … bound - 1.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  /// A multiple of 1/8 in [0, 1]: sums of such numbers are exact.
  double eighths() { return below(9) / 8.0; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace

EnterpriseGraph sketch(std::string_view text) { return Sketch(text).draw(); }

FirmId firm(const EnterpriseGraph& graph, std::string_view name) {
  return only<FirmId>(graph, EntityKind::Firm, name);
}
SegmentId segment(const EnterpriseGraph& graph, std::string_view name) {
  return only<SegmentId>(graph, EntityKind::Segment, name);
}
PersonId person(const EnterpriseGraph& graph, std::string_view name) {
  return only<PersonId>(graph, EntityKind::Person, name);
}
OrganizationId organization(const EnterpriseGraph& graph, std::string_view name) {
  return only<OrganizationId>(graph, EntityKind::Organization, name);
}
SiteId site(const EnterpriseGraph& graph, std::string_view name) {
  return only<SiteId>(graph, EntityKind::Site, name);
}

EnterpriseGraph full_graph() {
  return sketch(
      "甲{code=91,key=1,aliases=a,address=b,status=c,type=d,scope=e,tags=f,risks=g,industry=C3670,"
      "capital=1,"
      "revenue=2,tax=3,staff=4,research=5,energy=6,emission=7,land=8,region=500104:inferred,"
      "founded=2006-05-17,anchor,source=a.csv,row=2}; 丙;"
      "seg:电池{code=3841}; @张三{key=p}; org:商会{type=chamber}; org:办; site:地块{land=30};"
      "org:商会 -covers-> 500104; org:商会 -covers-> 500107; org:办 -covers-> 440305;"
      "甲 -supplies{segment=电池,amount=5,share=0.5,source=a.csv,row=3,year=2020}-> 乙;"
      "甲 -supplies{segment=电池,amount=6,source=b.csv,row=4,conf=0.5,year=2020}-> 乙;"
      "甲 -supplies-> 丙; 乙 -supplies-> 丙; 甲 -makes{output=100}-> 电池; 乙 -trades-> 电池;"
      "电池 -requires{coef=0.3,sub=0.2,imports=0.1}-> 隔膜; 隔膜 -part_of-> 材料; 基膜 -part_of-> "
      "隔膜;"
      "甲 -owns{share=0.6}-> 乙; @张三 -owns{share=0.4}-> 乙; @张三 -serves{role=董事}-> 甲;"
      "甲 -member_of-> 商会; 甲 -cooperates-> 甲; 甲 -stands_on-> 地块");
}

EnterpriseGraph random_graph(std::uint64_t seed, const RandomGraphOptions& options) {
  constexpr std::array<std::uint32_t, 7> kRegions = {0,      500104, 500104, 500107,
                                                     500112, 510104, 440305};
  Dice dice(seed);
  GraphBuilder builder;
  const std::array sources = {SourceId{0}, builder.add_source({"a.csv", "", ""}),
                              builder.add_source({"b.xlsx", "一", ""})};
  const auto random_provenance = [&] {
    Provenance provenance;
    provenance.source = sources[dice.below(3)];
    provenance.row = dice.below(100);
    if (dice.one_in(3)) provenance.confidence = static_cast<float>(dice.below(256)) / 255.0F;
    if (dice.one_in(4)) provenance.basis = static_cast<Basis>(dice.below(4));
    if (dice.one_in(3)) provenance.as_of.year = static_cast<std::int16_t>(2018 + dice.below(4));
    return provenance;
  };
  const auto add_all = [&](EntityKind kind, std::string_view letter, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      builder.add(kind, std::string(letter) + std::to_string(i), random_provenance());
    }
  };
  add_all(EntityKind::Firm, "f", options.firms);
  add_all(EntityKind::Segment, "s", options.segments);
  add_all(EntityKind::Person, "p", options.persons);
  add_all(EntityKind::Organization, "o", options.organizations);
  add_all(EntityKind::Site, "t", options.sites);

  for (std::uint32_t i = 0; i < options.firms; ++i) {
    const EntityRef node(EntityKind::Firm, i);
    const RegionCode region{kRegions[dice.below(kRegions.size())]};
    if (region.known()) builder.set_region(node, {region, static_cast<Basis>(dice.below(4))});
    if (dice.one_in(2)) {
      builder.set(node, EntityNumber::RegisteredCapital, {1e6 * (1 + dice.below(100)), {}});
    }
    if (dice.one_in(3)) {
      const int year = node.local % 2 == 0 ? 2020 : 0;
      builder.set(node, EntityNumber::Revenue, {1e6 * dice.below(500), {}}, year);
    }
    if (dice.one_in(3)) {
      builder.set_founded(node, {static_cast<std::int16_t>(1990 + dice.below(30)), 0, 0});
    }
    if (dice.one_in(5)) builder.set_anchor(FirmId{i});
    if (dice.one_in(6)) builder.set(node, EntityText::Risks, "失信");
    if (dice.one_in(6)) builder.set(node, EntityText::Tags, "上市;高企");
  }
  for (std::uint32_t i = 0; i < options.organizations; ++i) {
    builder.cover(OrganizationId{i}, RegionCode{kRegions[1 + dice.below(kRegions.size() - 1)]});
  }

  // s0 is a root, s1 … s3 lie below it, later ones below those or alone.
  for (std::uint32_t i = 1; i < options.segments; ++i) {
    if (i > 3 && dice.one_in(2)) continue;
    const std::uint32_t parent = i <= 3 ? 0 : 1 + dice.below(3);
    builder.relate(RelationKind::PartOf, SegmentId{i}, SegmentId{parent}, {}, random_provenance());
  }

  const auto relate_some = [&](RelationKind kind, EntityKind from, EntityKind to) {
    const std::uint32_t from_size = builder.size(from);
    const std::uint32_t to_size = builder.size(to);
    if (from_size == 0 || to_size == 0) return;
    const auto count = static_cast<std::uint32_t>(
        options.density * static_cast<double>(std::max(from_size, to_size)));
    for (std::uint32_t i = 0; i < count; ++i) {
      const EntityRef a(from, dice.below(from_size));
      const EntityRef b(to, dice.below(to_size));
      EdgeAttributes attributes;
      if (kind == RelationKind::Supplies && options.segments != 0 && dice.one_in(2)) {
        attributes.segment = SegmentId{dice.below(options.segments)};
      }
      const bool money = kind == RelationKind::Supplies || kind == RelationKind::Makes;
      const bool share = money || kind == RelationKind::Trades || kind == RelationKind::Owns;
      if (money && !dice.one_in(3)) attributes.amount = 1000.0 * dice.below(1000);
      if (share && dice.one_in(2)) attributes.share = dice.eighths();
      if (kind == RelationKind::Requires) {
        if (!dice.one_in(3)) attributes.coefficient = dice.eighths() / 2;
        if (dice.one_in(2)) attributes.substitutability = dice.eighths();
      }
      if (kind == RelationKind::Serves) attributes.detail = dice.one_in(2) ? "董事" : "监事";
      const Provenance provenance = random_provenance();
      if (a == b) continue;
      builder.relate(kind, a, b, attributes, provenance);
    }
  };
  using enum EntityKind;
  relate_some(RelationKind::Supplies, Firm, Firm);
  relate_some(RelationKind::Makes, Firm, Segment);
  relate_some(RelationKind::Trades, Firm, Segment);
  relate_some(RelationKind::Requires, Segment, Segment);
  relate_some(RelationKind::Owns, Firm, Firm);
  relate_some(RelationKind::Owns, Person, Firm);
  relate_some(RelationKind::Serves, Person, Firm);
  relate_some(RelationKind::MemberOf, Firm, Organization);
  relate_some(RelationKind::MemberOf, Person, Organization);
  relate_some(RelationKind::Cooperates, Firm, Firm);
  relate_some(RelationKind::StandsOn, Firm, Site);
  return builder.build();
}

}  // namespace liantu::test
