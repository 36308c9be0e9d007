export const givenNames = (
  'Aaliyah Adrián Agnieszka Aiko Alejandra Amélie Anders Anjali Antoine Aoife Astrid Ayşe Beatriz Benedikt Björn Camille ' +
  'Chidi Chiara Chloé Ciarán Dagný Daniel Déborah Dimitra Eilidh Elif Emeka Émile Esra Eva Fatima Félix Fergus Fiona ' +
  'Gabriela Grace Guðrún Hannah Håkon Hiroshi Ibrahim Ines Ingrid Isla Ivana Jack Jakub Joana João José Jürgen Kaito ' +
  'Katarzyna Kofi Lærke Leïla Liam Lucía Łukasz Maja Małgorzata Mateo Mei Mireille Mohammed Nadia Ngozi Niamh Noah Nuria ' +
  'Oğuz Olivia Omar Ondřej Oskar Paweł Priya Raphaël Rania Renée Rhys Rosa Rūta Saoirse Sébastien Sinéad Sofía Søren ' +
  'Štěpán Svetlana Tadhg Tamara Thị Tomás Ülkü Vendula Viktor Wen Xavier Yasmin Yūki Zoë Żaneta'
).split(' ');

export const surnames = (
  'Abiodun Aguilar Ahmed Andersson Ångström Bakker Balogun Bărbulescu Baumann Bélanger Bianchi Boateng Çelik Chen Costa ' +
  'Cruz Çakır Dąbrowska Delacroix Diaz Dubois Dvořák Eriksen Evans Fernández Fischer Fraser García Gonçalves Grønbæk ' +
  'Gustafsson Haddad Hall Hernández Hughes Ibáñez Ivanov Jensen Jónsdóttir Kaya Khan Kim Kovács Kowalczyk Krüger Lambert ' +
  'Lefèvre Lindqvist López MacDonald Mäkinen Martínez Meyer Müller Murphy Nakamura Nguyễn Novák Núñez O’Brien O’Connor ' +
  'Okafor Olsen Østergaard Özdemir Papadopoulos Patel Pereira Petrović Popescu Quinn Ramírez Rossi Šimić Sánchez Sato ' +
  'Schäfer Silva Singh Smith Sørensen Suzuki Świątek Szabó Taylor Thompson Tóth Tremblay Ünal Vasquez Vîlcu Wagner Walsh ' +
  'Weiß Williams Wójcik Yılmaz Zhang Żółć Featherstonehaugh-Cholmondeley Wolfeschlegelsteinhausenbergerdorff'
).split(' ');

/** Departments, and what their people do. */
export const departments: readonly (readonly [name: string, ...titles: string[]])[] = [
  ['Engineering', 'Software Engineer', 'Senior Software Engineer', 'Test Engineer', 'Site Reliability Engineer'],
  ['Product & Design', 'Product Manager', 'UX Designer', 'UX Researcher', 'Content Designer'],
  ['Sales', 'Account Executive', 'Sales Development Representative', 'Solutions Consultant'],
  ['Marketing', 'Content Strategist', 'Brand Designer', 'Campaign Manager'],
  ['Customer Success', 'Customer Success Manager', 'Support Specialist', 'Onboarding Specialist'],
  ['People', 'People Partner', 'Talent Acquisition Specialist', 'Learning & Development Adviser'],
  ['Finance', 'Accountant', 'Financial Analyst', 'Payroll Specialist'],
  ['IT & Operations', 'Systems Administrator', 'IT Support Analyst', 'Office Coordinator'],
];

// Letters that no decomposition takes apart.
const letters: Readonly<Record<string, string>> = {
  æ: 'ae',
  ø: 'o',
  å: 'a',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  œ: 'oe',
};

/** A name as it stands in an address: lower case, without accents. */
export function addressPart(name: string): string {
  return name
    .toLowerCase()
    .replace(/[æøåðþßłđıœ]/g, (letter) => letters[letter] ?? '')
    .normalize('NFD')
    .replace(/[^a-z0-9-]/g, '');
}
