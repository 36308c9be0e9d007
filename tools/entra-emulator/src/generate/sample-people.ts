/** One person of the sample company, as a row: name, job title, department, manager's surname, and what is special. */
export interface SamplePerson {
  readonly givenName: string;
  readonly surname: string;
  readonly jobTitle: string;
  readonly department: string | undefined;
  readonly manager: string | undefined;
  readonly traits: ReadonlySet<string>;
}

// given name | surname | job title | department | manager (surname) | traits: photo, disabled, guest, no-mail
const rows = `
Imogen|Harbour|Chief Executive Officer|Leadership||photo
Tobias|Finch|Chief Operating Officer|Leadership|Harbour|photo
Rosalind|Achterberg|Chief Financial Officer|Finance|Harbour|photo
Dele|Akintola|IT Operations Manager|IT & Operations|Finch|photo
Marit|Sundström|Systems Administrator|IT & Operations|Akintola|photo
Callum|McKechnie|IT Support Analyst|IT & Operations|Akintola|
Zsófia|Horváth|IT Support Analyst|IT & Operations|Akintola|photo
Kaoru|Ishikawa|Security Engineer|IT & Operations|Akintola|
Meeting|Room Albatross|Meeting Room||Akintola|disabled
Priya|Raghunathan|VP Engineering|Engineering|Finch|photo
Łukasz|Wiśniewski|Platform Lead|Engineering|Raghunathan|photo
Oriol|Puigdemont i Casamajó|Senior Software Engineer|Engineering|Wiśniewski|
Siobhán|Ní Dhomhnaill|Site Reliability Engineer|Engineering|Wiśniewski|photo
Tendai|Moyo|Site Reliability Engineer|Engineering|Wiśniewski|
Björk|Guðmundsdóttir|Web Lead|Engineering|Raghunathan|photo
Rafael|Gonçalves|Senior Software Engineer|Engineering|Guðmundsdóttir|
Hye-jin|Park|Software Engineer|Engineering|Guðmundsdóttir|photo
Noor|al-Hashimi|Software Engineer|Engineering|Guðmundsdóttir|
Maximiliane Friederike|Freifrau von Hohenstein-Waldburg zu Wolfegg|Principal Engineer|Engineering|Raghunathan|photo
Ewan|Tulloch|Test Engineer|Engineering|Guðmundsdóttir|
Delphine|Lemaître|Data Lead|Engineering|Raghunathan|
Kwabena|Osei|Data Engineer|Engineering|Lemaître|
Yuki|Matsumoto|Data Analyst|Engineering|Lemaître|disabled
Clara|Vestergaard|Head of Product|Product & Design|Finch|photo
Bartholomew|Quigley|Product Manager|Product & Design|Vestergaard|
Ines|Carvalho|UX Designer|Product & Design|Vestergaard|photo
Thuỳ|Nguyễn|UX Researcher|Product & Design|Vestergaard|
Milo|Petrović|Content Designer|Product & Design|Vestergaard|
Gwendolyn|Pryce-Jones|Sales Director|Sales|Harbour|photo
Aleksander|Nordmann|Account Executive|Sales|Pryce-Jones|
Bukola|Adeyemi|Account Executive|Sales|Pryce-Jones|photo
Chantal|Dubois|Account Executive|Sales|Pryce-Jones|
Declan|O’Shaughnessy|Solutions Consultant|Sales|Pryce-Jones|
Eszter|Kertész|Sales Development Representative|Sales|Nordmann|
Farid|Rahimi|Sales Development Representative|Sales|Nordmann|
Grete|Ødegård|Head of Marketing|Marketing|Harbour|
Hamish|Buchanan|Campaign Manager|Marketing|Ødegård|
Ilaria|Castelnuovo|Brand Designer|Marketing|Ødegård|photo
Jean-Baptiste|Thibodeau|Content Strategist|Marketing|Ødegård|
Kateryna|Shevchenko|Events Manager|Marketing|Ødegård|disabled
Lerato|Dlamini|Head of Customer Success|Customer Success|Finch|photo
Mateus|de Araújo|Customer Success Manager|Customer Success|Dlamini|
Nia|Llewellyn|Customer Success Manager|Customer Success|Dlamini|photo
Oksana|Tymoshenko|Onboarding Specialist|Customer Success|Dlamini|
Pádraig|Mac Giolla Phádraig|Support Specialist|Customer Success|Llewellyn|
Qing|Zhao|Support Specialist|Customer Success|Llewellyn|
Rüya|Yıldırım|Support Specialist|Customer Success|Llewellyn|
Saskia|van der Heijden|People Director|People|Harbour|photo
Tomasz|Żurawski|People Partner|People|van der Heijden|
Umberto|Bellini|Learning & Development Manager|People|van der Heijden|photo
Violet|Ashworth|Talent Acquisition Specialist|People|van der Heijden|
Wendeline|Brandsma|Financial Controller|Finance|Achterberg|
Xóchitl|Ramírez|Payroll Specialist|Finance|Brandsma|
Yannis|Stavropoulos|Accountant|Finance|Brandsma|
Zacharie|Benoît|Financial Analyst|Finance|Brandsma|
Arthur|Pendry|Warehouse Operative|IT & Operations|Finch|no-mail
Beatrix|Nightingale|Executive Assistant||Harbour|
Carlos|Ibarra|Implementation Consultant|Engineering|Raghunathan|guest
Dagmar|Schönfeld|External Auditor|Finance|Achterberg|guest
Elodie|Marchand|Brand Consultant|Marketing|Ødegård|guest
Freddie|Lockwood|Summer Intern|Marketing|Ødegård|
Gisela|Baumgärtner|Board Member||Harbour|
`;

/** The people of the sample company. */
export const samplePeople: readonly SamplePerson[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [givenName = '', surname = '', jobTitle = '', department = '', manager = '', traits = ''] = row.split('|');
    return {
      givenName,
      surname,
      jobTitle,
      department: department === '' ? undefined : department,
      manager: manager === '' ? undefined : manager,
      traits: new Set(traits.split(' ')),
    };
  });
