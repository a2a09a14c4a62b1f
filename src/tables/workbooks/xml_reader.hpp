#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tables/workbooks/zip_archive.hpp"

namespace liantu {

/// Attributes of an element, as the parser gives them: name, value, name, value, null.
using XmlAttributes = const char**;

/// The name without its namespace's prefix.
[[nodiscard]] inline std::string_view local_name(const char* name) {
  const char* start = name;
  for (const char* at = name; *at != '\0'; ++at) {
    if (*at == ':') start = at + 1;
  }
  return start;
}

/// Value of an attribute by its local name; empty when it has none.
[[nodiscard]] inline std::string_view attribute(XmlAttributes attributes, std::string_view name) {
  for (XmlAttributes at = attributes; *at != nullptr; at += 2) {
    if (local_name(*at) == name) return at[1];
  }
  return {};
}

/// What is told about the elements of an XML file.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, XmlAttributes attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view words) = 0;
};

/// Reads an XML file of an archive. Document types, and with them entities, are refused.
///
/// @param name  Of the entry, for messages.
/// @throws Error{InvalidData} if it is not well-formed or has a document type; what the handler
///         throws; as ZipArchive::read().
/// @source  Extensible Markup Language (XML) 1.0.
void read_xml(ZipArchive& archive, std::uint64_t entry, const std::string& file,
              const std::string& name, XmlHandler& handler);

}  // namespace liantu
